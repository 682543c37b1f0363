import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

/** Sets the status. Nobody waits on a solved ticket; on one opened again who has no answer waits on. */
export const setTicketStatus = handle(tickets.operations.setStatus, async (ctx, { id, version, status }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  const { version: next } = (await grant(ctx, ticket, { status }, 'status_changed')) as { version: number };
  return { version: next };
});
