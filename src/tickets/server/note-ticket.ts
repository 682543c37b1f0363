import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import type { Channel } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { addMessage, lockTicket, saveTicket, scopeOf } from './ticket-store.ts';

/** Adds a note that only we see. */
export const noteTicket = handle(tickets.operations.note, async (ctx, { id, text }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const messageId = await addMessage(ctx, id, { kind: 'note', channel: ticket.channel as Channel, text });
  const version = await saveTicket(ctx, ticket, {});
  ctx.record('tickets.noted', id, { after: { messageId }, scope: scopeOf(ticket) });
  return { version };
});
