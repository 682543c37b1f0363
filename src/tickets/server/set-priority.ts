import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

export const setPriority = handle(tickets.operations.setPriority, async (ctx, { id, version, priority }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  const { version: next } = (await grant(ctx, ticket, { priority }, 'priority_set')) as { version: number };
  return { version: next };
});
