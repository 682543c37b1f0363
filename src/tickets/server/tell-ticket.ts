import type { CommandContext } from '#platform/context.ts';
import { type LockedTicket, scopeOf } from './ticket-store.ts';
import { familyOf } from './ticket-talk.ts';

type Told = { before?: object; after?: object; data?: Record<string, unknown> };

/** Records what happened to a ticket; its watchers are named, so that their screens tell them. */
export async function tellTicket(ctx: CommandContext, ticket: LockedTicket, event: string, told: Told): Promise<void> {
  const watchers = await ctx.scoped
    .selectFrom('ticket_watcher')
    .select('ticket_watcher.person_id')
    .where('ticket_watcher.ticket_id', 'in', await familyOf(ctx, ticket.id))
    .execute();
  ctx.record(event, ticket.id, {
    ...(told.before ? { before: told.before } : {}),
    ...(told.after ? { after: told.after } : {}),
    scope: scopeOf(ticket),
    data: {
      ...told.data,
      number: ticket.number,
      by: ctx.actor.id,
      watchers: [...new Set(watchers.map(({ person_id }) => person_id))],
    },
  });
}
