import { mallDesk } from '#malls/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { believed, hear, isLate } from '../rules/status.ts';
import { saysOnlyThanks } from '../rules/thanks.ts';
import { channelRule } from './channel-rule.ts';
import { customerOf, fileTicket } from './new-ticket.ts';
import { tellTicket } from './tell-ticket.ts';
import { changeTo, stateOf } from './ticket-state.ts';
import { addMessage, findAgain, type LockedTicket, lockTicket, saveTicket, scopeOf } from './ticket-store.ts';
import { talkOf } from './ticket-talk.ts';

type Received = Input<typeof tickets.operations.receive>;

/** Files a message of a channel, exactly once by its source's key. */
export const receiveMessage = handle(tickets.operations.receive, async (ctx, input) => {
  if (!(await takeReceipt(ctx, input))) return knownReceipt(ctx, input);
  const thanks = saysOnlyThanks(input.text);
  const saidAt = new Date(believed(Date.parse(input.at), ctx.now.getTime()));
  const ticket = input.ticket ? await lockTicket(ctx, input.ticket) : null;
  if (ticket === undefined) return notFound();
  const { reopen_days: days } = ticket ? await channelRule(ctx, ticket.channel) : { reopen_days: 0 };
  if (ticket && !isLate(stateOf(ticket), ctx.now.getTime(), days)) {
    const message = await addTo(ctx, ticket, input, { thanks, saidAt });
    const outcome = ticket.status === 'solved' && !thanks ? ('reopened' as const) : ('added' as const);
    await keepReceipt(ctx, input, ticket.id, message);
    return { ticket: ticket.id, number: ticket.number, message, outcome, thanks };
  }
  const desk = await mallDesk(ctx.db, ticket?.mall ?? input.mall);
  if (!desk) return refuse('mall_unknown', {});
  const customerId = ticket?.customer_id ?? (await customerOf(ctx, input.customer, input.mall));
  if (!customerId) return refuse('customer_unknown', {});
  const place = { mall: ticket?.mall ?? input.mall, centre: ticket?.centre ?? desk.centre };
  const order = input.order ?? ticket?.order_id ?? undefined;
  const filed = { ...input, ...place, order, customerId, answerHours: desk.answerHours, saidAt, thanks };
  const { id, number, messageId } = await fileTicket(ctx, filed);
  if (ticket) await followUp(ctx, ticket, id);
  await keepReceipt(ctx, input, id, messageId);
  const outcome = ticket ? ('followed_up' as const) : ('created' as const);
  return { ticket: id, number, message: messageId, outcome, thanks };
});

/** Whoever takes it first files the message; a second one waits for the first and finds it filed. */
async function takeReceipt(ctx: CommandContext, { source, key }: Received): Promise<boolean> {
  const taken = await ctx.scoped
    .insertInto('ticket_receipt')
    .values({ source, key, at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('ticket_receipt.key')
    .executeTakeFirst();
  return taken !== undefined;
}

async function keepReceipt(ctx: CommandContext, { source, key }: Received, ticket: string, message: string) {
  await ctx.scoped
    .updateTable('ticket_receipt')
    .set({ ticket_id: ticket, message_id: message })
    .where('source', '=', source)
    .where('key', '=', key)
    .execute();
}

async function knownReceipt(ctx: CommandContext, { source, key }: Received) {
  const filed = await ctx.scoped
    .selectFrom('ticket_receipt')
    .innerJoin('ticket', 'ticket.id', 'ticket_receipt.ticket_id')
    .select(['ticket.id', 'ticket.number', 'ticket_receipt.message_id'])
    .where('ticket_receipt.source', '=', source)
    .where('ticket_receipt.key', '=', key)
    .executeTakeFirst();
  if (!filed?.message_id) return notFound();
  const { id, number, message_id: message } = filed;
  return { ticket: id, number, message, outcome: 'known' as const, thanks: false };
}

async function addTo(
  ctx: CommandContext,
  ticket: LockedTicket,
  input: Received,
  said: { thanks: boolean; saidAt: Date },
): Promise<string> {
  const message = await addMessage(ctx, ticket.id, {
    ...{ kind: 'inbound', channel: input.channel, text: input.text, author: input.author, thanks: said.thanks },
    saidAt: said.saidAt < ctx.now ? said.saidAt : null,
  });
  const change = changeTo(hear(stateOf(ticket), said.thanks, await talkOf(ctx, ticket.id)));
  await saveTicket(ctx, ticket, change, 'received');
  await findAgain(ctx, ticket);
  await tellTicket(ctx, ticket, 'tickets.received', {
    before: { status: ticket.status },
    after: { status: change.status, messageId: message, thanks: said.thanks },
    data: { messageId: message, channel: input.channel, status: change.status, assignee: ticket.assignee },
  });
  return message;
}

/** What comes too late for the done ticket goes on in a new one; each leads to the other. */
async function followUp(ctx: CommandContext, done: LockedTicket, id: string): Promise<void> {
  await ctx.scoped
    .insertInto('ticket_link')
    .values([
      { ticket_id: done.id, other_id: id, kind: 'followed', at: ctx.now },
      { ticket_id: id, other_id: done.id, kind: 'follow_up', at: ctx.now },
    ])
    .execute();
  ctx.record('tickets.followed_up', done.id, { after: { by: id }, scope: scopeOf(done), data: { by: id } });
}
