import { peopleAt } from '#accounts/server/read.ts';
import { contactGaps } from '#catalogue/server/read.ts';
import { mallSetUp } from '#malls/server/read.ts';
import { soldLately } from '#orders/server/read.ts';
import type { CommandContext, QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { BY_HAND, type launches } from '../contract.ts';
import { computed, stateOf } from '../rules/readiness.ts';

type Ctx = Pick<QueryContext, 'db' | 'scoped' | 'now'>;
type Readiness = Output<typeof launches.operations.get>;
type Mark = Readiness['marks'][number];
/** Marks that are shown, newest first; the newest of each item is always among what counts. */
const SHOWN = 50;

/** What people said of a mall's readiness, newest first. */
async function marksOf({ scoped }: Pick<QueryContext, 'scoped'>, mall: string): Promise<Mark[]> {
  const rows = await scoped
    .selectFrom('readiness_mark')
    .selectAll('readiness_mark')
    .where('readiness_mark.mall', '=', mall)
    .orderBy('readiness_mark.marked_at', 'desc')
    .orderBy('readiness_mark.id', 'desc')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, item: row.item as Mark['item'], done: row.done },
    ...{ note: row.note, by: row.by_name, at: row.marked_at },
  }));
}

/** A mall's readiness list as it stands now; null when there is no such mall within the caller's scope. */
export async function readinessOf(ctx: Ctx, mall: string): Promise<Readiness | null> {
  const setUp = await mallSetUp(ctx, mall);
  if (!setUp) return null;
  const { centre, ...of } = setUp;
  const sold = await soldLately(ctx.scoped, mall);
  const goods = await contactGaps(ctx, sold.products);
  const people = await peopleAt(ctx.db, mall, centre);
  const found = computed({ ...of, ...people, goods, lastOrderAt: sold.lastAt }, ctx.now);
  const marks = await marksOf(ctx, mall);
  const last = (item: Mark['item']) => marks.find((mark) => mark.item === item);
  const items: Readiness['items'] = [
    ...found.map((one) => ({ ...one, by: 'haedap' as const, marked: null })),
    ...BY_HAND.map((item) => {
      const mark = last(item);
      const marked = mark ? { by: mark.by, at: mark.at, note: mark.note } : null;
      return { item, by: 'people' as const, ok: mark?.done ?? false, says: null, missing: [], marked };
    }),
  ];
  const done = items.filter(({ ok }) => ok).length;
  const opened = last('opening');
  const opening = opened?.done ? { by: opened.by, at: opened.at, note: opened.note } : null;
  return {
    ...{ mall, state: stateOf(items.length - done, opening !== null), done, of: items.length, opening },
    ...{ items, marks: marks.slice(0, SHOWN), at: ctx.now },
  };
}

type Given = { mall: string; item: Mark['item']; done: boolean; note: string | null };

/** Keeps what somebody said; what was said before stays. */
export async function addMark(ctx: CommandContext, { mall, item, done, note }: Given): Promise<void> {
  const by = { by_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, by_name: ctx.actor.name };
  await ctx.scoped
    .insertInto('readiness_mark')
    .values({ id: newId(), mall, item, done, note, ...by, marked_at: ctx.now })
    .execute();
}
