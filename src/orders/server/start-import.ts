import { type Kysely, sql } from 'kysely';
import { handle, type JobContext, type JobHandler } from '#platform/context.ts';
import { JobCancelled } from '#platform/jobs-run.ts';
import { notFound, Refusal, refuse } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { orders } from '../contract.ts';
import { keepFileRows } from './file-rows.ts';
import { openTable } from './import/open-table.ts';
import { keepFailures } from './import-failures.ts';
import { insertProblems } from './import-stage.ts';
import {
  type Counts,
  countsOf,
  detectionOf,
  type ImportRow,
  importById,
  ownImport,
  setImport,
  withFile,
} from './import-store.ts';

/** Orders of one transaction. */
const BATCH = 100;
const ATTEMPTS = 5;

/** Starts the import of what the check found new or changed. */
export const startImport = handle(orders.operations.startImport, async (ctx, { import: id }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  if (it.state !== 'checked') return refuse('wrong_state', {});
  const jobId = await ctx.job('orders.importFile', { import: id }, { watchedBy: ctx.actor, maxAttempts: ATTEMPTS });
  await setImport(ctx.db, id, 'importing', { jobId });
  ctx.record('orders.import_started', id, { after: countsOf(it), scope: { person: ctx.actor.id } });
  return { jobId };
});

type Waiting = { seq: number; content: string; row_nos: number[]; mall_order_no: string };

/**
 * Imports batch by batch, each by `orders.import` with a key of its own: cut off and begun again, no batch counts
 * twice. Cancelled, the batches that are in stay, whole orders all of them, and the rest can be started again.
 */
export const importFileJob: JobHandler = async (ctx, payload) => {
  const id = String(payload.import);
  const it = await importById(ctx.db, id);
  if (it?.state !== 'importing') return;
  const sums = { created: 0, updated: 0, rejected: 0 };
  try {
    const total = await countOf(ctx.db, id);
    for (let after = -1, done = 0; ; ) {
      await ctx.progress(0.95 * (done / Math.max(1, total)), `${done}/${total}`);
      const batch = await nextBatch(ctx.db, id, after);
      if (batch.length === 0) break;
      await importBatch(ctx, it, batch, sums);
      after = batch.at(-1)?.seq ?? after;
      done += batch.length;
    }
    await finish(ctx, it, sums);
  } catch (error) {
    // Anything else is tried again by itself.
    if (error instanceof JobCancelled || ctx.attempt >= ATTEMPTS) await setImport(ctx.db, id, 'checked');
    throw error;
  }
};

async function countOf(db: Kysely<Open>, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from order_import_order where import_id = ${id} and outcome <> 'unchanged'`.execute(db);
  return rows[0]?.n ?? 0;
}

const nextBatch = (db: Kysely<Open>, id: string, after: number): Promise<Waiting[]> =>
  db
    .selectFrom('order_import_order')
    .select(['seq', 'content', 'row_nos', 'mall_order_no'])
    .where('import_id', '=', id)
    .where('outcome', '<>', 'unchanged')
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(BATCH)
    .execute();

type Sums = { created: number; updated: number; rejected: number };

async function importBatch(
  ctx: JobContext,
  { id, name }: ImportRow,
  batch: readonly Waiting[],
  sums: Sums,
): Promise<void> {
  const given = batch.map(({ content }) => JSON.parse(content) as Record<string, unknown>);
  const answer = await ctx.run(orders.operations.import, { orders: given }, `import:${id}:${batch[0]?.seq}`);
  if (answer instanceof Refusal) throw new Error(`orders.import refused: ${answer.code}`);
  sums.created += answer.created;
  sums.updated += answer.updated;
  await keepFileRows(
    ctx.db,
    { id, name },
    batch.map(({ seq }) => seq),
  );
  for (const { index, code, message } of answer.rejected) {
    const order = batch[index];
    if (!order) continue;
    sums.rejected += 1;
    const problem = { code: 'refused' as const, about: code, seen: message };
    await insertProblems(
      ctx.db,
      id,
      order.row_nos.map((no) => ({ no, orderNo: order.mall_order_no, problem })),
    );
  }
}

/** Orders that were refused at the last moment join the failed rows. */
async function finish(ctx: JobContext, it: ImportRow, sums: Sums): Promise<void> {
  const counts: Counts = { ...countsOf(it), created: sums.created, updated: sums.updated };
  if (sums.rejected > 0) {
    counts.failedParts = await withFile(ctx.db, it.id, async (path) => {
      const table = await openTable(path);
      const header = detectionOf(it)?.headerRow ?? 1;
      return keepFailures(ctx.db, it.id, table, header).finally(() => table.close());
    });
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from order_import_problem where import_id = ${it.id}`.execute(ctx.db);
    counts.rejectedRows = rows[0]?.n ?? 0;
  }
  await setImport(ctx.db, it.id, 'done', { counts });
  await ctx.result({ ...counts });
}
