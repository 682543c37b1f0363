import { type SelectQueryBuilder, sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { COUNTED, tickets } from '../contract.ts';
import { countOf } from './count-tickets.ts';
import { centresOf } from './person.ts';
import { narrowed } from './ticket-query.ts';

const MOST_VIEWS = 30;
const MOST_SHOWN = 60;
type Filter = Input<typeof tickets.operations.saveView>['filter'];

/** What I saved and what is shared with me, each with a bounded count. */
export const listViews = handle(tickets.operations.views, async (ctx) => {
  const centres = centresOf(ctx);
  const { rows } = await sql<{
    id: string;
    name: string;
    shared: 'own' | 'centre' | 'company';
    owner: string;
    filter: Filter;
  }>`
    select id, name, shared, owner, filter from ticket_view
    where owner = ${ctx.actor.id} or shared = 'company' or (shared = 'centre'
      and (centres is null or ${centres}::text[] is null or centres && ${centres}::text[]))
    order by name, id limit ${MOST_SHOWN}`.execute(ctx.db);
  const counts = await counted(
    ctx,
    rows.map(({ filter }) => filter),
  );
  return {
    items: rows.map(({ owner, ...view }, index) => ({
      ...view,
      mine: owner === ctx.actor.id,
      count: counts[index] ?? null,
    })),
  };
});

/** How many each filter holds, in one statement; a search is not counted. */
async function counted(ctx: QueryContext, filters: readonly Filter[]): Promise<(number | null)[]> {
  if (filters.length === 0) return [];
  const sums = filters.map((filter, index) => {
    if (filter.q) return sql<number | null>`null::int`.as(String(index));
    const rows = narrowed(ctx.scoped.selectFrom('ticket'), filter, ctx.actor.id, ctx.now);
    const bounded = rows.select(sql`1`.as('one')).limit(COUNTED) as never as SelectQueryBuilder<never, never, object>;
    return countOf(bounded).as(String(index));
  });
  const row: Record<string, number | null> = await ctx.db.selectNoFrom(sums).executeTakeFirstOrThrow();
  return filters.map((_, index) => row[String(index)] ?? null);
}

export const saveView = handle(tickets.operations.saveView, async (ctx, { id, name, shared, filter }) => {
  const mine = ctx.db.selectFrom('ticket_view').where('owner', '=', ctx.actor.id);
  const known = id && (await mine.select('id').where('id', '=', id).executeTakeFirst());
  if (id && !known) return notFound();
  const { n } = await mine.select((count) => count.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  if (!known && n >= MOST_VIEWS) return refuse('too_many_views', {});
  const values = { name, shared, filter: JSON.stringify(filter), centres: centresOf(ctx), updated_at: ctx.now };
  const view = id ?? newId();
  if (known) await ctx.db.updateTable('ticket_view').set(values).where('id', '=', view).execute();
  else
    await ctx.db
      .insertInto('ticket_view')
      .values({ id: view, owner: ctx.actor.id, created_at: ctx.now, ...values })
      .execute();
  ctx.record('tickets.view_saved', view, { after: { name, shared }, scope: { person: ctx.actor.id } });
  return { id: view };
});

/** Only one's own: what is shared stays until who shared it removes it. */
export const removeView = handle(tickets.operations.removeView, async (ctx, { id }) => {
  const gone = await ctx.db
    .deleteFrom('ticket_view')
    .where('id', '=', id)
    .where('owner', '=', ctx.actor.id)
    .returning('name')
    .executeTakeFirst();
  if (!gone) return notFound();
  ctx.record('tickets.view_removed', id, { before: gone, scope: { person: ctx.actor.id } });
  return {};
});
