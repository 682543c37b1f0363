import { sql } from 'kysely';
import type { JobContext, JobHandler } from '#platform/context.ts';
import { JobCancelled } from '#platform/jobs-run.ts';
import type { Row } from '../rules/import/cell.ts';
import { HEADER_ROWS } from '../rules/import/detect.ts';
import type { Plan } from '../rules/import/plan.ts';
import { CHECK_ATTEMPTS } from './check-import.ts';
import { openTable } from './import/open-table.ts';
import { type OpenTable, TableFault } from './import/table.ts';
import { keepFailures } from './import-failures.ts';
import { groupRows } from './import-groups.ts';
import { planFor, SHEETS } from './import-plan.ts';
import { createStage } from './import-stage.ts';
import { type Counts, choicesOf, type ImportRow, importById, setImport, withFile } from './import-store.ts';

/** The dry run: what the file is, what each of its orders would change, why rows are refused. Changes no order. */
export const checkImportJob: JobHandler = async (ctx, payload) => {
  const id = String(payload.import);
  const it = await importById(ctx.db, id);
  if (it?.state !== 'checking') return;
  try {
    await ctx.progress(0);
    await clear(ctx, id);
    await withFile(ctx.db, id, (path) => checkFile(ctx, it, path));
  } catch (error) {
    if (error instanceof TableFault) {
      const code = error.code === 'password_needed' || error.code === 'bad_password' ? 'not_a_table' : error.code;
      return await setImport(ctx.db, id, 'failed', { problem: { code, about: error.about } });
    }
    // Cancelled, or failed for good: it may be checked again. Anything else is tried again by itself.
    if (error instanceof JobCancelled || ctx.attempt >= CHECK_ATTEMPTS) await setImport(ctx.db, id, 'uploading');
    throw error;
  } finally {
    await sql`delete from order_import_row where import_id = ${id}`.execute(ctx.db);
  }
};

async function clear(ctx: JobContext, id: string): Promise<void> {
  for (const table of ['order_import_row', 'order_import_order', 'order_import_problem'] as const)
    await ctx.db.deleteFrom(table).where('import_id', '=', id).execute();
}

async function checkFile(ctx: JobContext, it: ImportRow, path: string): Promise<void> {
  const table = await openTable(path);
  try {
    const planned = await planFor(ctx.db, await topOf(table), table, choicesOf(it));
    const { detection } = planned;
    if (!('plan' in planned)) {
      await setImport(ctx.db, it.id, 'needs_choice', { detected: detection, problem: planned.problem });
      return;
    }
    const counts = await dryRun(ctx, it, table, planned.plan);
    const problem = counts.rows === 0 ? ({ code: 'empty' } as const) : null;
    await setImport(ctx.db, it.id, problem ? 'failed' : 'checked', { detected: detection, counts, problem });
    await ctx.result({ ...counts });
  } finally {
    await table.close();
  }
}

async function topOf(table: OpenTable): Promise<Row[]> {
  const top: Row[] = [];
  for await (const batch of table.rows(SHEETS)) {
    top.push(...batch.slice(0, HEADER_ROWS - top.length));
    if (top.length >= HEADER_ROWS) break;
  }
  return top;
}

async function dryRun(ctx: JobContext, it: ImportRow, table: OpenTable, plan: Plan): Promise<Counts> {
  const known = new Set((await ctx.db.selectFrom('mall').select('id').execute()).map(({ id }) => id));
  const stage = createStage(ctx.db, it.id, plan, { known, allowed: it.malls });
  let rows = 0;
  for await (const batch of table.rows(SHEETS)) {
    rows += await stage(batch);
    // Nobody knows how many rows a file has before its end: the bar comes nearer and nearer to the half.
    await ctx.progress(0.5 * (1 - Math.exp(-rows / 200_000)), `${rows}`);
  }
  let done = 0;
  const counts = await groupRows(ctx, it.id, plan, known, async (more) => {
    done += more;
    await ctx.progress(0.5 + 0.45 * (done / Math.max(1, rows)), `${done}/${rows}`);
  });
  const failedParts = await keepFailures(ctx.db, it.id, table, plan.header.row);
  const { rejectedRows } = await ctx.db
    .selectFrom('order_import_problem')
    .select(({ fn }) => fn.countAll<number>().as('rejectedRows'))
    .where('import_id', '=', it.id)
    .executeTakeFirstOrThrow();
  return { ...counts, rows, rejectedRows: Number(rejectedRows), failedParts };
}
