import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

export const tagTicket = handle(tickets.operations.tag, async (ctx, { id, version, add, remove }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  return grant(ctx, ticket, { addTags: add, removeTags: remove }, 'tagged');
});
