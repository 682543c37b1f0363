import { sql } from 'kysely';
import { centreHours } from '#accounts/server/read.ts';
import { handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { followups } from '../contract.ts';
import { suggestedTimes } from '../rules/promise.ts';
import { shownOf, ticketsOf } from './shown.ts';

const MOST = 100;
type Channel = Output<typeof followups.operations.todo>['items'][number]['channel'];

/** What the caller has promised and claimed, what is due first on top. */
export const todo = handle(followups.operations.todo, async (ctx) => {
  const [promises, calls] = await Promise.all([promisesOf(ctx), callsOf(ctx)]);
  const { due } = await ctx.scoped
    .selectFrom('call_back')
    .select(sql<number>`count(*)::int`.as('due'))
    .where('call_back.state', '=', 'open')
    .where('call_back.claimed_by', 'is', null)
    .where('call_back.due_at', '<=', ctx.now)
    .executeTakeFirstOrThrow();
  const tickets = await ticketsOf(ctx, [...promises, ...calls]);
  const items = [
    ...promises.map((row) => ({
      ...{ kind: 'promise' as const, id: row.id, at: row.due_at, overdue: row.due_at <= ctx.now },
      ...shownOf(row, tickets),
      ...{ mall: row.mall, channel: row.channel as Channel, missed: 0, note: row.note },
      ...{ coverFor: row.cover === ctx.actor.id ? row.owner_name : null, remindedAt: row.reminded_at },
    })),
    ...calls.map((row) => ({
      ...{ kind: 'call_back' as const, id: row.id, at: row.due_at, overdue: row.due_at <= ctx.now },
      ...shownOf(row, tickets),
      ...{ mall: row.mall, channel: 'phone' as const, missed: row.attempts, note: row.about },
      ...{ coverFor: null, remindedAt: row.due_told_at },
    })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return {
    items: items.slice(0, MOST),
    overdue: items.filter(({ overdue }) => overdue).length,
    callBacksDue: due,
  };
});

const promisesOf = ({ scoped, actor }: QueryContext) =>
  scoped
    .selectFrom('reply_promise')
    .selectAll('reply_promise')
    .where('reply_promise.state', '=', 'open')
    .where(sql<boolean>`(reply_promise.owner = ${actor.id} or reply_promise.cover = ${actor.id})`)
    .orderBy('reply_promise.due_at')
    .limit(MOST)
    .execute();

const callsOf = ({ scoped, actor }: QueryContext) =>
  scoped
    .selectFrom('call_back')
    .selectAll('call_back')
    .where('call_back.state', '=', 'open')
    .where('call_back.claimed_by', '=', actor.id)
    .orderBy('call_back.due_at')
    .limit(MOST)
    .execute();

/** Times that the centre can keep, and the number of the customer. */
export const terms = handle(followups.operations.terms, async (ctx, { ticket: id }) => {
  const ticket = await ticketPlace(ctx, id);
  if (!ticket) return notFound();
  const { open, close } = await centreHours(ctx.db, ticket.centre);
  const suggestions = suggestedTimes(ctx.now.getTime(), { open, close }).map(({ name, at }) => ({
    name,
    at: new Date(at),
  }));
  return { centre: ticket.centre, opens: open, closes: close, suggestions, phone: ticket.customer.phone };
});
