import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { isActive } from './person.ts';
import { grant } from './ticket-state.ts';
import { lockTicket, scopeOf } from './ticket-store.ts';

/** Whose the ticket is. Who takes it from a colleague tells them; what they have begun to write stays theirs. */
export const assignTicket = handle(tickets.operations.assign, async (ctx, { id, version, assignee }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  if (assignee === ticket.assignee) return { version: ticket.version };
  if (assignee && !(await isActive(ctx, assignee))) return refuse('assignee_unknown', {});
  const { version: next } = (await grant(ctx, ticket, { assignee }, 'assigned')) as { version: number };
  if (assignee === ctx.actor.id && ticket.assignee) {
    ctx.record('tickets.taken_over', ticket.id, {
      scope: { ...scopeOf(ticket), person: ticket.assignee },
      data: { number: ticket.number, by: ctx.actor.id, byName: ctx.actor.name },
    });
  }
  return { version: next };
});
