import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { isActive } from './person.ts';
import { lockTicket, scopeOf } from './ticket-store.ts';

/** Somebody watches a ticket or does so no more. */
export const watchTicket = handle(tickets.operations.watch, async (ctx, { id, person = ctx.actor.id, on }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (!(await isActive(ctx, person))) return refuse('person_unknown', {});
  await setWatching(ctx, ticket.id, person, on);
  ctx.record(on ? 'tickets.watched' : 'tickets.unwatched', ticket.id, {
    after: { person },
    scope: scopeOf(ticket),
    data: { person, by: ctx.actor.id, number: ticket.number },
  });
  return { version: ticket.version };
});

export async function setWatching(ctx: CommandContext, ticket: string, person: string, on: boolean): Promise<void> {
  if (on) {
    await ctx.scoped
      .insertInto('ticket_watcher')
      .values({ ticket_id: ticket, person_id: person, at: ctx.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  await ctx.scoped
    .deleteFrom('ticket_watcher')
    .where('ticket_watcher.ticket_id', '=', ticket)
    .where('ticket_watcher.person_id', '=', person)
    .execute();
}

/** What I was called upon for is read. */
export const seeMentions = handle(tickets.operations.seeMentions, async (ctx, { id }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const seen = await ctx.scoped
    .updateTable('ticket_mention')
    .set({ seen_at: ctx.now })
    .where('ticket_mention.ticket_id', '=', ticket.id)
    .where('ticket_mention.person_id', '=', ctx.actor.id)
    .where('seen_at', 'is', null)
    .returning('ticket_mention.message_id')
    .execute();
  if (seen.length > 0) {
    ctx.record('tickets.mentions_seen', ticket.id, { scope: { ...scopeOf(ticket), person: ctx.actor.id } });
  }
  return { seen: seen.length };
});
