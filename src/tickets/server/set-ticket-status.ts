import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

/** Sets the status. A solved ticket has nobody waiting; one opened again waits from now. */
export const setTicketStatus = handle(tickets.operations.setStatus, async (ctx, { id, version, status }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  if (status === ticket.status) return { version: ticket.version };
  const change = { status, ...waiting(ticket, status, ctx.now) };
  const next = await saveTicket(ctx, ticket, change);
  ctx.record('tickets.status_changed', id, {
    before: { status: ticket.status },
    after: { status },
    scope: scopeOf(ticket),
    data: { status },
  });
  return { version: next };
});

function waiting(ticket: { status: string; waiting_since: Date | null }, status: string, now: Date) {
  if (status === 'solved') return { solved_at: now, waiting_since: null };
  if (ticket.status === 'solved') return { solved_at: null, waiting_since: status === 'pending' ? null : now };
  return status === 'pending' ? { waiting_since: null } : {};
}
