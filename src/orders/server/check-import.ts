import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Kysely } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { orders } from '../contract.ts';
import { headingKey } from '../rules/import/detect.ts';
import { openTable } from './import/open-table.ts';
import { TableFault } from './import/table.ts';
import {
  type Choices,
  detectionOf,
  type ImportRow,
  keepParts,
  ownImport,
  setImport,
  withFile,
} from './import-store.ts';

/** Attempts of the check before the person has to ask again. */
export const CHECK_ATTEMPTS = 3;

/** Key of a heading list in the table of remembered mappings. */
export const keyOfHeadings = (headings: readonly string[]): string =>
  createHash('sha256').update(headingKey(headings)).digest('hex');

/**
 * Starts the dry run. An encrypted file is opened here and kept in its plain form, so that its password is needed once
 * and stands in no job. Refuses `password_needed`, `bad_password`, `not_a_table`, `too_large`, `wrong_state`.
 */
export const checkImport = handle(orders.operations.checkImport, async (ctx, { import: id, password, ...choices }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  if (it.state === 'checking' || it.state === 'importing' || it.state === 'done') return refuse('wrong_state', {});
  const fault = await unlock(ctx.db, it, password);
  if (fault) return refuse(fault, {});
  await ctx.db
    .updateTable('order_import')
    .set({ choices: JSON.stringify(choices) })
    .where('id', '=', id)
    .execute();
  if (choices.mapping) await remember(ctx, it, choices);
  const jobId = await ctx.job(
    'orders.checkImport',
    { import: id },
    { watchedBy: ctx.actor, maxAttempts: CHECK_ATTEMPTS },
  );
  await setImport(ctx.db, id, 'checking', { jobId, problem: null });
  ctx.record('orders.import_check_requested', id, {
    after: { preset: choices.preset, mall: choices.mall },
    scope: { person: ctx.actor.id },
  });
  return { jobId };
});

async function unlock(db: Kysely<Open>, it: ImportRow, password: string | undefined) {
  const first = await db
    .selectFrom('order_import_part')
    .select('bytes')
    .where('import_id', '=', it.id)
    .where('kind', '=', 'file')
    .where('part', '=', 0)
    .executeTakeFirst();
  if (!first || first.bytes.length === 0) return 'not_a_table' as const;
  if (first.bytes.subarray(0, 4).toString('hex') !== 'd0cf11e0') return null;
  try {
    await withFile(db, it.id, async (path) => {
      const table = await openTable(path, password);
      await table.close();
      if (password !== undefined && table.container === 'xlsx')
        await keepParts(db, it.id, 'file', createReadStream(path));
    });
    return null;
  } catch (error) {
    if (error instanceof TableFault) return error.code;
    throw error;
  }
}

/** The company reads files with these headings so from now on. */
async function remember(ctx: CommandContext, it: ImportRow, { mapping, mall }: Choices): Promise<void> {
  const headings = detectionOf(it)?.headings ?? [];
  if (headings.length === 0) return;
  const row = { mapping: JSON.stringify(mapping), mall: mall ?? null, updated_by: ctx.actor.id, updated_at: ctx.now };
  await ctx.db
    .insertInto('order_import_mapping')
    .values({ headings: keyOfHeadings(headings), ...row })
    .onConflict((at) => at.column('headings').doUpdateSet(row))
    .execute();
}
