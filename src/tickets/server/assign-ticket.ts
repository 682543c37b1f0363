import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

export const assignTicket = handle(tickets.operations.assign, async (ctx, { id, version, assignee }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  if (assignee === ticket.assignee) return { version: ticket.version };
  if (assignee) {
    const person = await ctx.db
      .selectFrom('person')
      .select('id')
      .where('id', '=', assignee)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!person) return refuse('assignee_unknown', {});
  }
  const next = await saveTicket(ctx, ticket, { assignee }, 'assigned');
  ctx.record('tickets.assigned', id, {
    before: { assignee: ticket.assignee },
    after: { assignee },
    scope: scopeOf(ticket),
    data: { assignee },
  });
  return { version: next };
});
