import { sql } from 'kysely';
import type { JobContext } from '#platform/context.ts';
import { changesOf, type Known } from '../rules/import/changes.ts';
import { type FileOrder, orderOf } from '../rules/import/order-of.ts';
import type { Plan } from '../rules/import/plan.ts';
import { publicOrder } from '../rules/import/public-order.ts';
import type { ReadRow } from '../rules/import/read-row.ts';
import { type FailedRow, insertProblems } from './import-stage.ts';
import type { Counts } from './import-store.ts';

const PAGE = 2_000;

type Ready = { order: FileOrder; rows: number[] };
type Staged = { key: string; no: number; facts: string };

/** Makes orders of the staged rows and says what each would change. `onOrders` hears how many rows are done. */
export async function groupRows(
  ctx: JobContext,
  id: string,
  plan: Plan,
  onRows: (n: number) => Promise<void>,
): Promise<Counts> {
  const counts = { new: 0, changed: 0, unchanged: 0, unknownProducts: 0 };
  let seq = 0;
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
    await keepOrders(ctx, id, ready, seq, counts);
    seq += ready.length;
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
    if ('order' in made) ready.push({ order: made.order, rows: group.map(({ no }) => no) });
    else
      failed.push(
        ...made.rejected.map(({ no, problem }) => ({ no, orderNo: key.split('\u0001')[1] ?? null, problem })),
      );
  }
  return { ready, failed };
}

type Sums = { new: number; changed: number; unchanged: number; unknownProducts: number };

async function keepOrders(
  ctx: JobContext,
  id: string,
  ready: readonly Ready[],
  seq: number,
  counts: Sums,
): Promise<void> {
  if (ready.length === 0) return;
  const known = await knownOrders(ctx, ready);
  const skus = await knownSkus(ctx, ready);
  const rows = ready.map(({ order, rows }, at) => {
    const before = known.get(`${order.mall}\u0001${order.mallOrderNo}`);
    const changes = before ? changesOf(before, order) : [];
    const outcome = before ? (changes.length > 0 ? ('changed' as const) : ('unchanged' as const)) : ('new' as const);
    const unknown = before ? [] : [...new Set(order.lines.map(({ sku }) => sku).filter((sku) => !skus.has(sku)))];
    counts[outcome] += 1;
    if (unknown.length > 0) counts.unknownProducts += 1;
    return {
      ...{ import_id: id, seq: seq + at, mall: order.mall, mall_order_no: order.mallOrderNo, row_nos: rows, outcome },
      ...{ changes: JSON.stringify(changes), content: JSON.stringify(publicOrder(order)), unknown_skus: unknown },
    };
  });
  for (let at = 0; at < rows.length; at += 500)
    await ctx.db
      .insertInto('order_import_order')
      .values(rows.slice(at, at + 500))
      .execute();
}

async function knownOrders(ctx: JobContext, ready: readonly Ready[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known & { key: string }>`
    select o.mall || ${'\u0001'} || o.mall_order_no as key, o.paid_at as "paidAt", o.confirmed_at as "confirmedAt",
      coalesce((select json_agg(json_build_object('trackingNo', p.tracking_no, 'shippedAt', p.shipped_at,
        'deliveredAt', p.delivered_at)) from parcel p where p.order_id = o.id), '[]') as parcels
    from sales_order o join unnest(${ready.map(({ order }) => order.mall)}::text[],
      ${ready.map(({ order }) => order.mallOrderNo)}::text[]) k (mall, no) on o.mall = k.mall and o.mall_order_no = k.no`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.key, row]));
}

async function knownSkus(ctx: JobContext, ready: readonly Ready[]): Promise<Set<string>> {
  const skus = [...new Set(ready.flatMap(({ order }) => order.lines.map(({ sku }) => sku)))];
  const rows = await ctx.scoped.selectFrom('product').select('sku').where('sku', 'in', skus).execute();
  return new Set(rows.map(({ sku }) => sku));
}
