import { type Kysely, sql } from 'kysely';
import type { Open } from '#platform/scope.ts';
import type { Row } from '../rules/import/cell.ts';
import type { Plan } from '../rules/import/plan.ts';
import { type ReadRow, readRow } from '../rules/import/read-row.ts';
import type { Problem } from '../rules/import/reasons.ts';

export type FailedRow = { no: number; orderNo: string | null; problem: Problem };
/** Malls that exist, and those of them that the person works for (null: all). */
export type Malls = { known: ReadonlySet<string>; allowed: readonly string[] | null };

/** Reads rows and lays them down by the order that they belong to. Answers how many order rows there were. */
export function createStage(db: Kysely<Open>, id: string, plan: Plan, malls: Malls) {
  let lastKey: string | null = null;
  return async (rows: readonly Row[]): Promise<number> => {
    const staged: { no: number; key: string; facts: string }[] = [];
    const failed: FailedRow[] = [];
    for (const row of rows) {
      if (row.no <= plan.header.row) continue;
      const read = readRow(plan, row);
      if ('skipped' in read) continue;
      checkMall(read, malls);
      const key = keyOf(read, lastKey);
      if (key === null) failed.push(failedRow(read));
      else staged.push({ no: read.no, key, facts: JSON.stringify(read) });
      lastKey = key ?? lastKey;
    }
    if (staged.length > 0) await insertRows(db, id, staged);
    await insertProblems(db, id, failed);
    return staged.length + failed.length;
  };
}

function checkMall(read: ReadRow, { known, allowed }: Malls): void {
  if (read.mall === null) return;
  if (!known.has(read.mall)) read.problems.push({ code: 'unknown_mall', about: '', seen: read.mall });
  else if (allowed && !allowed.includes(read.mall)) read.problems.push({ code: 'mall_not_allowed', seen: read.mall });
}

/**
 * Which order a row belongs to. A row without a number (a merged cell shows it on its first row only) belongs to the one
 * above: it is refused, and with it the whole order, so that no order is half there. A number that cannot be read: none.
 */
function keyOf({ mall, facts, problems }: ReadRow, lastKey: string | null): string | null {
  if (facts.orderNo !== undefined) return `${mall ?? ''}\u0001${facts.orderNo}`;
  return problems.some(({ code }) => code === 'lost_digits') ? null : lastKey;
}

const failedRow = ({ no, facts, problems }: ReadRow): FailedRow => ({
  no,
  orderNo: facts.orderNo ?? null,
  problem: problems[0] ?? { code: 'missing_value', about: '주문번호' },
});

async function insertRows(
  db: Kysely<Open>,
  id: string,
  rows: readonly { no: number; key: string; facts: string }[],
): Promise<void> {
  await sql`
    insert into order_import_row (import_id, row_no, order_key, facts)
    select ${id}, * from unnest(${rows.map(({ no }) => no)}::int[], ${rows.map(({ key }) => key)}::text[],
      ${rows.map(({ facts }) => facts)}::text[])`.execute(db);
}

/** Keeps why rows failed; the first reason of a row stands. */
export async function insertProblems(db: Kysely<Open>, id: string, rows: readonly FailedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into order_import_problem (import_id, row_no, order_no, code, about, seen)
    select ${id}, * from unnest(${rows.map(({ no }) => no)}::int[], ${rows.map(({ orderNo }) => orderNo)}::text[],
      ${rows.map(({ problem }) => problem.code)}::text[], ${rows.map(({ problem }) => problem.about ?? null)}::text[],
      ${rows.map(({ problem }) => problem.seen ?? null)}::text[])
    on conflict do nothing`.execute(db);
}
