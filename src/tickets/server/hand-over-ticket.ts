import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

const MOST_TAGS = 20;

/** Moves a ticket to a centre and to somebody there. Both centres hear of it: one loses it, the other has it now. */
export const handOverTicket = handle(tickets.operations.handOver, async (ctx, { id, centre, assignee, tag }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (ticket.centre === centre && ticket.assignee === assignee) return { version: ticket.version };
  if (assignee) {
    const person = await ctx.db
      .selectFrom('person')
      .select('id')
      .where('id', '=', assignee)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!person) return refuse('assignee_unknown', {});
  }
  const tags =
    tag && !ticket.tags.includes(tag) && ticket.tags.length < MOST_TAGS ? [...ticket.tags, tag] : ticket.tags;
  const version = await saveTicket(ctx, ticket, { centre, assignee, tags }, 'handed_over');
  const change = {
    before: { assignee: ticket.assignee, centre: ticket.centre },
    after: { assignee, centre },
    data: { assignee },
  };
  if (ticket.centre !== centre) ctx.record('tickets.handed_over', id, { ...change, scope: scopeOf(ticket) });
  ctx.record('tickets.assigned', id, { ...change, scope: scopeOf({ ...ticket, centre }) });
  return { version };
});
