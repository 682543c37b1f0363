import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { lockTicket, scopeOf } from './ticket-store.ts';

/** Links two tickets that belong together, or parts them; either leads to the other. */
export const linkTickets = handle(tickets.operations.link, async (ctx, { id, number, on }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const other = await ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'mall', 'centre', 'partner_id'])
    .where('ticket.number', '=', number)
    .executeTakeFirst();
  if (!other || other.id === ticket.id) return refuse('no_other', {});
  const pairs = [
    [ticket.id, other.id],
    [other.id, ticket.id],
  ] as const;
  for (const [from, to] of pairs) {
    if (on) {
      await ctx.scoped
        .insertInto('ticket_link')
        .values({ ticket_id: from, other_id: to, kind: 'related', linked_by: ctx.actor.id, at: ctx.now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      continue;
    }
    const gone = await ctx.scoped
      .deleteFrom('ticket_link')
      .where('ticket_link.ticket_id', '=', from)
      .where('other_id', '=', to)
      .where('kind', '=', 'related')
      .returning('ticket_link.other_id')
      .execute();
    if (gone.length === 0) return refuse('linked_by_itself', {});
  }
  for (const one of [ticket, other])
    ctx.record(on ? 'tickets.linked' : 'tickets.unlinked', one.id, { after: { number }, scope: scopeOf(one) });
  return { version: ticket.version };
});
