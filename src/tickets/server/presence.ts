import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { HERE_MS, type PRESENCE } from '../rules/presence.ts';
import { scopeOf } from './ticket-store.ts';

const MOST = 500;

/** Somebody is at a ticket or has left it: all screens that may see it hear it, and nothing is kept. */
export const sayHere = handle(tickets.operations.here, async (ctx, { id, state }) => {
  const ticket = await ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'mall', 'centre', 'partner_id'])
    .where('ticket.id', '=', id)
    .executeTakeFirst();
  if (!ticket) return notFound();
  const mine = { ticket_id: ticket.id, person_id: ctx.actor.id };
  const until = new Date(ctx.now.getTime() + HERE_MS);
  if (state === 'left') {
    await ctx.scoped
      .deleteFrom('ticket_presence')
      .where('ticket_presence.ticket_id', '=', ticket.id)
      .where('person_id', '=', ctx.actor.id)
      .execute();
  } else {
    await ctx.scoped
      .insertInto('ticket_presence')
      .values({ ...mine, name: ctx.actor.name, state, until })
      .onConflict((conflict) => conflict.columns(['ticket_id', 'person_id']).doUpdateSet({ state, until }))
      .execute();
  }
  ctx.record('tickets.here', ticket.id, {
    scope: scopeOf(ticket),
    data: { person: ctx.actor.id, name: ctx.actor.name, state, until: until.toISOString() },
  });
  return {};
});

/** Who is at which ticket now, within scope. */
export const listPresence = handle(tickets.operations.presence, async (ctx) => {
  const rows = await ctx.scoped
    .selectFrom('ticket_presence')
    .selectAll('ticket_presence')
    .where('ticket_presence.until', '>', ctx.now)
    .orderBy('until', 'desc')
    .limit(MOST)
    .execute();
  return {
    items: rows.map(({ ticket_id, person_id, name, state, until }) => ({
      ...{ ticket: ticket_id, person: person_id, name, until },
      state: state as (typeof PRESENCE)[number],
    })),
  };
});

/** Signs that nobody renewed. */
export const forgetGone = (db: Parameters<ReturnType<typeof sql>['execute']>[0]) =>
  sql`delete from ticket_presence where until < now() - interval '1 minute'`.execute(db);
