import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import type { Channel } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { isActive } from './person.ts';
import { tellTicket } from './tell-ticket.ts';
import { addMessage, type LockedTicket, lockTicket, saveTicket, scopeOf } from './ticket-store.ts';
import { setWatching } from './watch-ticket.ts';

/** Adds a note that only we see. */
export const noteTicket = handle(tickets.operations.note, async (ctx, { id, text, mentions = [] }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const called = [...new Set(mentions)];
  for (const person of called) if (!(await isActive(ctx, person))) return refuse('mentioned_unknown', {});
  const messageId = await addMessage(ctx, ticket.id, { kind: 'note', channel: ticket.channel as Channel, text });
  const version = await saveTicket(ctx, ticket, {});
  await mention(ctx, ticket, messageId, called);
  await tellTicket(ctx, ticket, 'tickets.noted', { after: { messageId, mentions: called }, data: { messageId } });
  return { version };
});

/** Calls upon people: each hears it, finds it in the view of mentions, and watches from now. */
async function mention(ctx: CommandContext, ticket: LockedTicket, message: string, people: readonly string[]) {
  for (const person of people) {
    await ctx.scoped
      .insertInto('ticket_mention')
      .values({ ticket_id: ticket.id, message_id: message, person_id: person, at: ctx.now })
      .execute();
    await setWatching(ctx, ticket.id, person, true);
    ctx.record('tickets.mentioned', ticket.id, {
      after: { messageId: message, person },
      scope: { ...scopeOf(ticket), person },
      data: { number: ticket.number, by: ctx.actor.id, byName: ctx.actor.name },
    });
  }
}
