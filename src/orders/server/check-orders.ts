import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { scopedDb } from '#platform/scope.ts';
import { replay } from '../rules/evolve.ts';
import { loadEvents, rowsOf } from './event-store.ts';

type Row = Record<string, unknown>;
/** `without`: orders of an earlier release that have no events yet. `lost`: orders that have events and no row. */
export type Checked = { checked: number; broken: Broken[]; brokenOrders: number; without: number; lost: number };
type Broken = { order: string; mallOrderNo: string; table: string; column: string };

const BATCH = 250;
const MOST_TOLD = 100;
const BELOW = ['shipping_group', 'order_line', 'order_benefit', 'order_tender', 'parcel'] as const;

/**
 * Rebuilds every order from its events and compares with its tables, batch by batch in constant memory. Tells which
 * columns of which orders differ (the first hundred), and how many orders there are in all.
 */
export async function checkOrders(
  db: Kysely<DB>,
  onProgress: (checked: number) => void = () => undefined,
): Promise<Checked> {
  const result: Checked = { checked: 0, broken: [], brokenOrders: 0, without: 0, lost: 0 };
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const heads = await sql<Row & { id: string }>`
      select * from sales_order where id > ${after} order by id limit ${BATCH}`.execute(db);
    if (heads.rows.length === 0) break;
    await checkBatch(db, heads.rows, result);
    after = heads.rows.at(-1)!.id;
    onProgress(result.checked);
  }
  const lost = await sql<{ n: number }>`select count(*)::int as n from order_event e
    where e.seq = 1 and not exists (select 1 from sales_order o where o.id = e.order_id)`.execute(db);
  result.lost = lost.rows[0]?.n ?? 0;
  return result;
}

async function checkBatch(db: Kysely<DB>, heads: readonly (Row & { id: string })[], result: Checked): Promise<void> {
  const ids = heads.map(({ id }) => id);
  const logs = await loadEvents(scopedDb(db, 'everything'), ids);
  const stored = new Map<string, Map<string, Row[]>>();
  for (const table of BELOW) {
    const { rows } = await sql<Row & { order_id: string }>`
      select * from ${sql.table(table)} where order_id = any(${ids}) order by order_id, position, id`.execute(db);
    stored.set(
      table,
      Map.groupBy(rows, (row) => row.order_id as string),
    );
  }
  for (const head of heads) {
    result.checked++;
    const book = replay(logs.get(head.id) ?? []);
    if (!book) {
      result.without++;
      continue;
    }
    const { sales_order, ...below } = rowsOf(head.id, book);
    const differ = differences('sales_order', [sales_order], [head]);
    for (const table of BELOW) differ.push(...differences(table, below[table], stored.get(table)?.get(head.id) ?? []));
    if (differ.length === 0) continue;
    result.brokenOrders++;
    const who = { order: head.id, mallOrderNo: String(head.mall_order_no) };
    for (const where of differ) if (result.broken.length < MOST_TOLD) result.broken.push({ ...who, ...where });
  }
}

function differences(
  table: string,
  rebuilt: readonly Row[],
  stored: readonly Row[],
): { table: string; column: string }[] {
  if (rebuilt.length !== stored.length) return [{ table, column: '*' }];
  const found = new Set<string>();
  rebuilt.forEach((row, index) => {
    // The text index follows from search_text, token by token in an order of its own.
    for (const column of Object.keys(row))
      if (column !== 'search' && !same(row[column], stored[index]?.[column])) found.add(column);
  });
  return [...found].map((column) => ({ table, column }));
}

/** Equal as JSON is: dates by their instant, objects whatever the order of their keys. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (other instanceof Date) return one === other.toISOString();
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => same((one as Row)[key], (other as Row)[key]));
}
