import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

const MOST_TAGS = 20;

export const tagTicket = handle(tickets.operations.tag, async (ctx, { id, version, add = [], remove = [] }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  const gone = new Set(remove);
  const tags = [...new Set([...ticket.tags.filter((tag) => !gone.has(tag)), ...add])];
  if (tags.length > MOST_TAGS) return refuse('too_many_tags', {});
  if (tags.length === ticket.tags.length && tags.every((tag, i) => tag === ticket.tags[i])) {
    return { version: ticket.version };
  }
  const next = await saveTicket(ctx, ticket, { tags }, 'tagged');
  ctx.record('tickets.tagged', id, { before: { tags: ticket.tags }, after: { tags }, scope: scopeOf(ticket) });
  return { version: next };
});
