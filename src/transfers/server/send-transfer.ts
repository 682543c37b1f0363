import { leadsAt } from '#accounts/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { transfers } from '../contract.ts';
import { dueOf, isAlarming } from '../rules/transfer.ts';
import { addressOf, timesSent } from './receivers.ts';
import { addEntry, recordTo } from './transfer-store.ts';

/** Hands a case on with a question: it stays with whoever has it until a team accepts it. */
export const sendTransfer = handle(transfers.operations.send, async (ctx, input) => {
  const ticket = await ticketPlace(ctx, input.ticket);
  if (!ticket) return notFound();
  if (ticket.status === 'solved') return refuse('ticket_done', {});
  const address = await addressOf(ctx, ticket, input.to);
  if (!address) return refuse('nobody_there', {});
  const dueAt = input.dueAt ? new Date(input.dueAt) : new Date(dueOf(input.kind, ctx.now.getTime(), address.hours));
  if (dueAt <= ctx.now) return refuse('due_past', {});
  const id = newId();
  const nth = (await timesSent(ctx, ticket.id)) + 1;
  const centres = [...new Set([ticket.centre, ...(address.centre ? [address.centre] : [])])];
  const made = await ctx.scoped
    .insertInto('transfer')
    .values({
      ...{ id, ticket_id: ticket.id, nth, mall: ticket.mall, centres, receiver: input.to.receiver },
      ...address.columns,
      ...{ kind: input.kind, question: input.question, state: 'open' },
      ...{ ticket_number: ticket.number, ticket_subject: ticket.subject },
      ...{ from_centre: ticket.centre, from_assignee: ticket.assignee?.id ?? null },
      ...{ sent_by: ctx.actor.id, sent_by_name: ctx.actor.name, sent_at: ctx.now, due_at: dueAt },
      ...{ created_at: ctx.now, updated_at: ctx.now },
    })
    .onConflict((conflict) => conflict.column('ticket_id').where('ended_at', 'is', null).doNothing())
    .returning('transfer.number')
    .executeTakeFirst();
  if (!made) return alreadyLive(ctx, ticket.id);
  await addEntry(ctx, id, { kind: 'sent', side: 'sender', text: input.question });
  const row = { mall: ticket.mall, centres, partner_id: address.columns.partner_id };
  recordTo(ctx, 'transfers.sent', id, row, {
    after: { number: made.number, ticket: ticket.id, kind: input.kind, to: address.columns.to_name, dueAt, nth },
    data: { nth },
  });
  if (isAlarming(nth)) await tellLeads(ctx, id, ticket, nth);
  return { id, number: made.number, nth, dueAt };
});

async function alreadyLive(ctx: CommandContext, ticketId: string) {
  const live = await ctx.scoped
    .selectFrom('transfer')
    .select('transfer.id')
    .where('transfer.ticket_id', '=', ticketId)
    .where('transfer.ended_at', 'is', null)
    .executeTakeFirst();
  return live ? refuse('already_live', { transfer: live.id }) : notFound();
}

/** The customer goes in circles: whoever leads the centre hears of it at once. */
async function tellLeads(
  ctx: CommandContext,
  id: string,
  at: { mall: string; centre: string; id: string },
  nth: number,
) {
  for (const { id: person } of await leadsAt(ctx.db, at, ctx.now))
    ctx.record('transfers.third', id, { after: { ticket: at.id, nth }, scope: { person }, data: { nth } });
}
