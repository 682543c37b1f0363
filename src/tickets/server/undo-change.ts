import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { takeBack } from './take-back.ts';
import { lockTicket } from './ticket-store.ts';

/** Takes one's own change back, exactly, beside whatever others have changed since. */
export const undoChange = handle(tickets.operations.undo, async (ctx, { id, version }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const change = await ctx.scoped
    .selectFrom('ticket_change')
    .select(['ticket_change.version', 'actor_id', 'undone_by', 'other_id', 'before', 'after'])
    .where('ticket_change.ticket_id', '=', ticket.id)
    .where('ticket_change.version', '=', version)
    .executeTakeFirst();
  const mine = change?.actor_id === ctx.actor.id && change.undone_by === null && change.other_id === null;
  if (!change || !mine) return refuse('nothing_to_undo', {});
  const next = await takeBack(ctx, ticket, change);
  return next === null ? refuse('changed_since', {}) : { version: next };
});
