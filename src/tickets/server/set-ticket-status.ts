import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { setStatus } from '../rules/status.ts';
import { changeTo, lockTicket, saveTicket, scopeOf, stateOf, talkOf } from './ticket-store.ts';

/** Sets the status. Nobody waits on a solved ticket; on one opened again who has no answer waits on. */
export const setTicketStatus = handle(tickets.operations.setStatus, async (ctx, { id, version, status }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  if (status === ticket.status) return { version: ticket.version };
  const change = changeTo(setStatus(stateOf(ticket), status, ctx.now.getTime(), await talkOf(ctx, ticket.id)));
  const next = await saveTicket(ctx, ticket, change, 'status_changed');
  ctx.record('tickets.status_changed', id, {
    before: { status: ticket.status },
    after: { status },
    scope: scopeOf(ticket),
    data: { status },
  });
  return { version: next };
});
