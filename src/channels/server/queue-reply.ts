import { type CommandContext, handle, type JobHandler } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { channels } from '../contract.ts';
import { failureText } from '../rules/failure-text.ts';
import { ourMessageId } from '../rules/mail-thread.ts';
import { domainOf, SEND_MAIL } from './answer-first.ts';
import { tellTicket } from './tell-ticket.ts';

/** Hears of each reply; those of other channels are their connectors' matter. */
export const replied: JobHandler = async (ctx, { subjectId, data }) => {
  const { messageId, channel } = data as { messageId: string; channel: string };
  if (channel !== 'email') return;
  await ctx.run(channels.operations.queueReply, { ticket: String(subjectId), message: messageId });
};

/**
 * A reply by mail gets a delivery for its recipient, through the mailbox that the customer wrote to, and the files
 * that its writer had attached. It is sent once it can no longer be taken back.
 */
export const queueReply = (secret: string) =>
  handle(channels.operations.queueReply, async (ctx, { ticket: id, message }) => {
    const reply = await ctx.scoped
      .selectFrom('ticket_message')
      .innerJoin('ticket', 'ticket.id', 'ticket_message.ticket_id')
      .leftJoin('customer', 'customer.id', 'ticket.customer_id')
      .select(['ticket.number', 'ticket.mall', 'ticket.centre', 'customer.email'])
      .select(['ticket_message.author_id', 'ticket_message.created_at', 'ticket_message.send_after', 'attempt_of'])
      .where('ticket_message.ticket_id', '=', id)
      .where('ticket_message.id', '=', message)
      .where('ticket_message.kind', '=', 'outbound')
      // Told twice at once, it is done once: the second one waits and finds it done.
      .forUpdate(['ticket_message'])
      .executeTakeFirst();
    if (!reply) return notFound();
    if (reply.attempt_of) await copyFiles(ctx, id, message, reply.attempt_of);
    else await claimFiles(ctx, id, message, reply);
    await tellTicket(ctx, 'reply_queued', id, { message });
    const { source, recipient } = await wayBack(ctx, id, reply);
    if (!source) return { deliveries: 0 };
    if (!recipient) {
      const reason = failureText('no_recipient', null);
      await ctx.call(tickets.operations.markDelivery, { id, message, outcome: 'failed', reason });
      return { deliveries: 0 };
    }
    const delivery = newId();
    const due = reply.send_after ?? ctx.now;
    const added = await ctx.scoped
      .insertInto('channel_delivery')
      .values({
        ...{ id: delivery, ticket_id: id, message_id: message, source, recipient, state: 'queued' },
        mail_id: ourMessageId(secret, reply.number, message, domainOf(source)),
        ...{ next_at: due, created_at: ctx.now },
      })
      .onConflict((at) => at.doNothing())
      .returning('channel_delivery.id')
      .executeTakeFirst();
    if (added) await ctx.job(SEND_MAIL, { delivery }, { runAt: due, key: `mail ${delivery}` });
    return { deliveries: added ? 1 : 0 };
  });

type Reply = { mall: string; email: string | null; author_id: string | null; created_at: Date };

/** The mailbox and address that the customer wrote from last; else the mall's mailbox and the customer's address. */
async function wayBack(ctx: CommandContext, ticket: string, { mall, email }: Reply) {
  const last = await ctx.scoped
    .selectFrom('channel_mail')
    .select(['channel_mail.source', 'sender', 'reply_to'])
    .where('channel_mail.ticket_id', '=', ticket)
    .where('channel_mail.kind', '=', 'message')
    .orderBy('received_at', 'desc')
    .executeTakeFirst();
  if (last) return { source: last.source, recipient: last.reply_to ?? last.sender ?? email };
  const source = await ctx.db
    .selectFrom('channel_source')
    .select('id')
    .where('channel', '=', 'email')
    .where('mall', '=', mall)
    .orderBy('id')
    .executeTakeFirst();
  return { source: source?.id ?? null, recipient: email };
}

/** Files that the writer had attached when the reply was written. */
async function claimFiles(ctx: CommandContext, ticket: string, message: string, reply: Reply): Promise<void> {
  if (!reply.author_id) return;
  await ctx.scoped
    .updateTable('channel_file')
    .set({ message_id: message })
    .where('channel_file.ticket_id', '=', ticket)
    .where('message_id', 'is', null)
    .where('added_by', '=', reply.author_id)
    .where('channel_file.created_at', '<=', reply.created_at)
    .execute();
}

/** A failed reply that is sent again takes its files along. */
async function copyFiles(ctx: CommandContext, ticket: string, message: string, from: string): Promise<void> {
  const theirs = (id: string) =>
    ctx.scoped
      .selectFrom('channel_file')
      .select(['sha256', 'channel_file.name', 'position', 'added_by'])
      .where('channel_file.ticket_id', '=', ticket)
      .where('message_id', '=', id);
  if (await theirs(message).executeTakeFirst()) return;
  const rows = (await theirs(from).execute()).map((row) => ({
    ...{ ...row, id: newId(), ticket_id: ticket, message_id: message, created_at: ctx.now },
  }));
  if (rows.length > 0) await ctx.scoped.insertInto('channel_file').values(rows).execute();
}
