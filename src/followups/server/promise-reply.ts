import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { followups } from '../contract.ts';
import { whyNotDue } from '../rules/promise.ts';
import { scopeOf, timesOf } from './promise-store.ts';

/** Promises the customer a reply: it is the assignee's to keep, or the caller's while nobody has the ticket. */
export const promiseReply = handle(followups.operations.promiseReply, async (ctx, input) => {
  const ticket = await ticketPlace(ctx, input.ticket);
  if (!ticket) return notFound();
  const dueAt = new Date(input.dueAt);
  const wrong = whyNotDue(dueAt.getTime(), ctx.now.getTime());
  if (wrong) return refuse(wrong, {});
  if (ticket.status === 'solved') return refuse('ticket_done', {});
  const owner = ticket.assignee ?? { id: ctx.actor.id, name: ctx.actor.name };
  const id = newId();
  const times = await timesOf(ctx, ticket.centre, dueAt);
  const made = await ctx.scoped
    .insertInto('reply_promise')
    .values({
      ...{ id, ticket_id: ticket.id, mall: ticket.mall, centre: ticket.centre, customer_id: ticket.customer.id },
      ...{ channel: input.channel, note: input.note ?? null, state: 'open' },
      ...{ owner: owner.id, owner_name: owner.name },
      ...{ promised_by: ctx.actor.id, promised_by_name: ctx.actor.name, promised_at: ctx.now },
      ...times,
      ...{ created_at: ctx.now, updated_at: ctx.now },
    })
    // One open promise a ticket: two agents at once make one.
    .onConflict((conflict) => conflict.column('ticket_id').where('state', '=', 'open').doNothing())
    .returning('reply_promise.id')
    .executeTakeFirst();
  if (!made) {
    const open = await ctx.scoped
      .selectFrom('reply_promise')
      .select('reply_promise.id')
      .where('reply_promise.ticket_id', '=', ticket.id)
      .where('reply_promise.state', '=', 'open')
      .executeTakeFirst();
    return open ? refuse('already_promised', { promise: open.id }) : notFound();
  }
  ctx.record('followups.promised', id, {
    after: { ticket: ticket.id, dueAt, channel: input.channel, owner: owner.id },
    scope: scopeOf(ticket),
    data: { ticket: ticket.id },
  });
  return { id, owner: owner.name, dueAt, remindAt: times.remind_at };
});
