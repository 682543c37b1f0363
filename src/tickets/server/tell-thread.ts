import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import type { Channel } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

/**
 * Adds what partners, MDs and the warehouse were asked and said, each entry once. The case's own partner sees the talk
 * with itself; talks with others are notes among ourselves. The customer sees none.
 */
export const tellThread = handle(tickets.operations.tellThread, async (ctx, { id, partner, said }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const kind = partner !== null && partner === ticket.partner_id ? 'partner' : 'note';
  const rows = said.map((entry) => ({
    ...{ ticket_id: ticket.id, id: entry.id, kind, channel: ticket.channel as Channel, author_id: null },
    ...{ author_name: entry.author, body: entry.text, delivery: null, created_at: new Date(entry.at) },
  }));
  if (rows.length === 0) return { added: 0 };
  const added = await ctx.scoped
    .insertInto('ticket_message')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('ticket_message.id')
    .execute();
  if (added.length === 0) return { added: 0 };
  await saveTicket(ctx, ticket, {});
  ctx.record('tickets.thread_told', ticket.id, { after: { messages: added.length }, scope: scopeOf(ticket) });
  return { added: added.length };
});
