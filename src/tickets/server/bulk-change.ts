import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import type { BULK_STATES, OUTCOMES } from '../contract/queue.ts';
import { tickets } from '../contract.ts';
import { ownBulk } from './bulk-store.ts';
import { isActive } from './person.ts';
import { ticketsThat } from './ticket-query.ts';

type State = (typeof BULK_STATES)[number];
type Outcome = (typeof OUTCOMES)[number];
type Asked = Input<typeof tickets.operations.bulkChange>;
const MOST = 5_000;

/** Notes which tickets, within the caller's scope, shall be changed; a job does it line by line. */
export const bulkChange = handle(tickets.operations.bulkChange, async (ctx, input) => {
  const { change } = input;
  if (change.snoozeUntil && new Date(change.snoozeUntil) <= ctx.now) return refuse('past', {});
  if (change.assignee && !(await isActive(ctx, change.assignee))) return refuse('assignee_unknown', {});
  const chosen = await chosenRows(ctx, input);
  if (chosen.length === 0) return refuse('nothing_chosen', {});
  if (chosen.length > MOST) return refuse('too_many', { most: MOST });
  const bulk = newId();
  await ctx.db
    .insertInto('ticket_bulk')
    .values({
      ...{ id: bulk, change: JSON.stringify(change), state: 'running', total: chosen.length, created_at: ctx.now },
      ...{ requested_by: ctx.actor.id, requested_by_name: ctx.actor.name },
    })
    .execute();
  await sql`
    insert into ticket_bulk_row (bulk_id, seq, ticket_id, number)
    select ${bulk}, n, id, number from unnest(${chosen.map(({ id }) => id)}::uuid[],
      ${chosen.map(({ number }) => number)}::bigint[]) with ordinality as row(id, number, n)`.execute(ctx.db);
  const job = await ctx.job('tickets.bulk', { bulk, undo: false }, { watchedBy: ctx.actor });
  ctx.record('tickets.bulk_started', bulk, {
    after: { total: chosen.length, change },
    scope: { person: ctx.actor.id },
  });
  return { bulk, job, total: chosen.length };
});

async function chosenRows(ctx: CommandContext, { ids, filter }: Asked): Promise<{ id: string; number: number }[]> {
  if (ids) {
    return ctx.scoped
      .selectFrom('ticket')
      .select(['ticket.id', 'ticket.number'])
      .where(sql<boolean>`ticket.id = any(${sql.val(ids)})`)
      .execute();
  }
  if (!filter) return [];
  const { q, ...narrow } = filter;
  if (q !== undefined) return [];
  return ticketsThat(ctx, { ...narrow, limit: MOST }, null)
    .limit(MOST + 1)
    .execute();
}

/** How far it is, and a page of its lines. */
export const getBulk = handle(tickets.operations.bulk, async (ctx, { id, limit, cursor }) => {
  const bulk = await ownBulk(ctx, id);
  if (!bulk) return notFound();
  const [after = -1] = cursorValues(cursor, 1) ?? [];
  const rows = await ctx.scoped
    .selectFrom('ticket_bulk_row')
    .selectAll('ticket_bulk_row')
    .where('bulk_id', '=', id)
    .where('seq', '>', Number(after))
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  const counts = await ctx.scoped
    .selectFrom('ticket_bulk_row')
    .select(['outcome', sql<number>`count(*)::int`.as('n')])
    .where('bulk_id', '=', id)
    .groupBy('outcome')
    .execute();
  const sums = Object.fromEntries(counts.flatMap(({ outcome, n }) => (outcome ? [[outcome, n]] : [])));
  const none = { changed: 0, unchanged: 0, refused: 0, undone: 0, kept: 0 };
  const line = (row: (typeof rows)[number]) => ({
    ...{ ticket: row.ticket_id, number: row.number, outcome: row.outcome as Outcome | null, why: row.why },
  });
  const page = pageOf(rows, limit, line, (row) => [row.seq]);
  return { state: bulk.state as State, total: bulk.total, counts: { ...none, ...sums }, ...page };
});

const setState = (ctx: CommandContext, id: string, state: State) =>
  ctx.db.updateTable('ticket_bulk').set({ state }).where('id', '=', id).execute();

export const cancelBulk = handle(tickets.operations.cancelBulk, async (ctx, { id }) => {
  const bulk = await ownBulk(ctx, id);
  if (!bulk) return notFound();
  if (bulk.state !== 'running') return { state: bulk.state as State };
  await setState(ctx, id, 'cancelled');
  ctx.record('tickets.bulk_cancelled', id, { scope: { person: ctx.actor.id } });
  return { state: 'cancelled' as const };
});

export const undoBulk = handle(tickets.operations.undoBulk, async (ctx, { id }) => {
  const bulk = await ownBulk(ctx, id);
  if (!bulk) return notFound();
  if (bulk.state !== 'done' && bulk.state !== 'cancelled') return refuse('still_running', {});
  await setState(ctx, id, 'undoing');
  const job = await ctx.job('tickets.bulk', { bulk: id, undo: true }, { watchedBy: ctx.actor });
  ctx.record('tickets.bulk_undone', id, { scope: { person: ctx.actor.id } });
  return { job };
});
