import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { followups } from '../contract.ts';
import { firstCall } from '../rules/call-back.ts';
import { hoursAt } from './call-back-store.ts';
import { scopeOf } from './promise-store.ts';

/** Files that the customer is to be called, in the centre's hours and at the time that the customer wants. */
export const askCallBack = handle(followups.operations.askCallBack, async (ctx, input) => {
  const ticket = await ticketPlace(ctx, input.ticket);
  if (!ticket) return notFound();
  const phone = input.phone ?? ticket.customer.phone;
  if (!phone) return refuse('phone_unknown', {});
  const from = input.from === undefined ? null : new Date(input.from);
  const until = input.until === undefined ? null : new Date(input.until);
  if (from && until && until <= from) return refuse('window_backwards', {});
  const window = { from: from?.getTime() ?? null, until: until?.getTime() ?? null };
  const at = firstCall(window, ctx.now.getTime(), await hoursAt(ctx, ticket.centre));
  if (at === null) return refuse('closed_then', {});
  const id = newId();
  const dueAt = new Date(at);
  await ctx.scoped
    .insertInto('call_back')
    .values({
      ...{ id, ticket_id: ticket.id, mall: ticket.mall, centre: ticket.centre, customer_id: ticket.customer.id },
      ...{ phone, about: input.about, asked_by: input.askedBy, state: 'open' },
      ...{ wanted_from: from, wanted_until: until, due_at: dueAt, created_by_name: ctx.actor.name },
      ...{ created_at: ctx.now, updated_at: ctx.now },
    })
    .execute();
  ctx.record('followups.call_back_asked', id, {
    after: { ticket: ticket.id, dueAt, askedBy: input.askedBy },
    scope: scopeOf(ticket),
    data: { ticket: ticket.id },
  });
  return { id, dueAt };
});
