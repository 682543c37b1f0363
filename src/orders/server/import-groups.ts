import { sql } from 'kysely';
import type { JobContext } from '#platform/context.ts';
import { type FileOrder, orderOf } from '../rules/import/order-of.ts';
import type { Plan } from '../rules/import/plan.ts';
import { publicOrder } from '../rules/import/public-order.ts';
import type { ReadRow } from '../rules/import/read-row.ts';
import { previewOrders } from './import-preview.ts';
import { type FailedRow, insertProblems } from './import-stage.ts';
import type { Counts } from './import-store.ts';

const PAGE = 2_000;

type Ready = { order: FileOrder; rows: number[]; rest: { no: number; cells: Record<string, string> }[] };
/** Where orders are kept, and the malls that they may be of. */
type Target = { id: string; seq: number; malls: ReadonlySet<string> };
type Staged = { key: string; no: number; facts: string };

/** Makes orders of the staged rows and says what each would change. `onOrders` hears how many rows are done. */
export async function groupRows(
  ctx: JobContext,
  id: string,
  plan: Plan,
  malls: ReadonlySet<string>,
  onRows: (n: number) => Promise<void>,
): Promise<Counts> {
  const counts = { new: 0, changed: 0, unchanged: 0, unknownProducts: 0 };
  const to: Target = { id, seq: 0, malls };
  let after = { key: '', no: 0 };
  let tail: Staged[] = [];
  for (;;) {
    const page = await nextPage(ctx, id, after);
    const rows = [...tail, ...page];
    const last = page.length < PAGE;
    const edge = rows.at(-1)?.key;
    tail = last ? [] : rows.filter(({ key }) => key === edge);
    const whole = last ? rows : rows.slice(0, rows.length - tail.length);
    const { ready, failed } = grouped(plan, whole);
    await insertProblems(ctx.db, id, failed);
    await keepOrders(ctx, to, ready, counts);
    await onRows(whole.length);
    if (last) return counts;
    after = page.at(-1) ?? after;
  }
}

async function nextPage(ctx: JobContext, id: string, after: { key: string; no: number }): Promise<Staged[]> {
  const { rows } = await sql<Staged>`
    select order_key as key, row_no as no, facts from order_import_row
    where import_id = ${id} and (order_key, row_no) > (${after.key}, ${after.no})
    order by order_key, row_no limit ${PAGE}`.execute(ctx.db);
  return rows;
}

function grouped(plan: Plan, rows: readonly Staged[]): { ready: Ready[]; failed: FailedRow[] } {
  const groups = new Map<string, ReadRow[]>();
  for (const { key, facts } of rows) {
    const group = groups.get(key) ?? [];
    group.push(JSON.parse(facts) as ReadRow);
    groups.set(key, group);
  }
  const ready: Ready[] = [];
  const failed: FailedRow[] = [];
  for (const [key, group] of groups) {
    const made = orderOf(plan, group);
    if ('order' in made) {
      const rest = group.flatMap(({ no, rest: cells }) => (cells ? { no, cells } : []));
      ready.push({ order: made.order, rows: group.map(({ no }) => no), rest });
    } else
      failed.push(
        ...made.rejected.map(({ no, problem }) => ({ no, orderNo: key.split('\u0001')[1] ?? null, problem })),
      );
  }
  return { ready, failed };
}

type Sums = { new: number; changed: number; unchanged: number; unknownProducts: number };

async function keepOrders(ctx: JobContext, to: Target, ready: readonly Ready[], counts: Sums): Promise<void> {
  if (ready.length === 0) return;
  const skus = await knownSkus(ctx, ready);
  const previews = await previewOrders(
    ctx,
    ready.map(({ order }) => order),
    to.malls,
  );
  const refused: FailedRow[] = [];
  const kept = ready.flatMap(({ order, rows, rest }, at) => {
    const preview = previews[at];
    if (!preview || 'refused' in preview) {
      const problem = { code: 'refused' as const, seen: preview?.refused ?? '' };
      refused.push(...rows.map((no) => ({ no, orderNo: order.mallOrderNo, problem })));
      return [];
    }
    const { outcome, changes } = preview;
    const unknown =
      outcome === 'new' ? [...new Set(order.lines.map(({ sku }) => sku).filter((sku) => !skus.has(sku)))] : [];
    counts[outcome] += 1;
    if (unknown.length > 0) counts.unknownProducts += 1;
    return {
      ...{
        import_id: to.id,
        seq: to.seq++,
        mall: order.mall,
        mall_order_no: order.mallOrderNo,
        row_nos: rows,
        outcome,
      },
      ...{ changes: JSON.stringify(changes), content: JSON.stringify(publicOrder(order)), unknown_skus: unknown },
      rest: JSON.stringify(rest),
    };
  });
  await insertProblems(ctx.db, to.id, refused);
  for (let at = 0; at < kept.length; at += 500)
    await ctx.db
      .insertInto('order_import_order')
      .values(kept.slice(at, at + 500))
      .execute();
}

async function knownSkus(ctx: JobContext, ready: readonly Ready[]): Promise<Set<string>> {
  const skus = [...new Set(ready.flatMap(({ order }) => order.lines.map(({ sku }) => sku)))];
  const rows = await ctx.scoped.selectFrom('product').select('sku').where('sku', 'in', skus).execute();
  return new Set(rows.map(({ sku }) => sku));
}
