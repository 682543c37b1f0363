import { sql } from 'kysely';
import { handle, type JobHandler, type QueryContext } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { quietSince } from '../rules/days.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

const BATCH = 100;

/** Tickets that have waited for the customer for as long as the rule of their channel says. */
async function quiet({ db, scoped, now }: Pick<QueryContext, 'db' | 'scoped' | 'now'>, limit: number) {
  const rules = await db
    .selectFrom('ticket_channel_rule')
    .select(['channel', 'auto_close_days as days'])
    .where('auto_close_days', 'is not', null)
    .execute();
  const limits = rules.map(({ channel, days }) => {
    const since = new Date(quietSince(now.getTime(), days ?? 1));
    return sql`(ticket.channel = ${channel} and coalesce(status_since, ticket.updated_at) < ${since})`;
  });
  if (limits.length === 0) return [];
  return scoped
    .selectFrom('ticket')
    .select('ticket.id')
    .where('ticket.status', '=', 'pending')
    .where(sql<boolean>`(${sql.join(limits, sql` or `)})`)
    .orderBy(sql`coalesce(status_since, ticket.updated_at)`)
    .limit(limit)
    .execute();
}

/** Closes them; a message of the customer opens each again within its channel's window. */
export const closeQuiet = handle(tickets.operations.closeQuiet, async (ctx) => {
  let closed = 0;
  for (const { id } of await quiet(ctx, BATCH)) {
    const ticket = await lockTicket(ctx, id);
    if (ticket?.status !== 'pending') continue;
    await grant(ctx, ticket, { status: 'solved' }, 'auto_closed');
    closed += 1;
  }
  return { closed };
});

export const closeQuietJob: JobHandler = async (ctx) => {
  while ((await quiet(ctx, 1)).length > 0) await ctx.run(tickets.operations.closeQuiet, {});
};
