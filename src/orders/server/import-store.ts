import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { Open } from '#platform/scope.ts';
import type { Mapping } from '../rules/import/mapping.ts';
import type { FileProblem } from '../rules/import/reasons.ts';

/** What the person chose for a file. */
export type Choices = {
  preset?: string | undefined;
  mall?: string | undefined;
  state?: string | undefined;
  mapping?: Mapping | undefined;
};
/** What the check found out about a file. */
export type Detection = {
  container: string;
  preset: string | null;
  mall: string | null;
  headings: string[];
  headerRow: number;
  mapping: Mapping;
  asks: ('mall' | 'state' | 'mapping')[];
};
export type Counts = Partial<
  Record<
    | 'rows'
    | 'new'
    | 'changed'
    | 'unchanged'
    | 'rejectedRows'
    | 'unknownProducts'
    | 'created'
    | 'updated'
    | 'failedParts',
    number
  >
>;

export const importById = (db: Kysely<Open>, id: string) =>
  db.selectFrom('order_import').selectAll().where('id', '=', id).executeTakeFirst();
export type ImportRow = NonNullable<Awaited<ReturnType<typeof importById>>>;

/** An import of the caller; of others nobody learns that it exists. */
export async function ownImport(ctx: QueryContext, id: string): Promise<ImportRow | null> {
  const found = await importById(ctx.db, id);
  return found && (ctx.actor.kind === 'system' || found.requested_by === ctx.actor.id) ? found : null;
}

export const choicesOf = (row: ImportRow): Choices => row.choices as Choices;
export const detectionOf = (row: ImportRow): Detection | null => row.detected as Detection | null;
export const countsOf = (row: ImportRow): Counts => row.counts as Counts;
export const problemOf = (row: ImportRow): FileProblem | null => row.problem as FileProblem | null;

type State = 'uploading' | 'checking' | 'needs_choice' | 'checked' | 'importing' | 'done' | 'failed';
type More = { detected?: Detection; problem?: FileProblem | null; counts?: Counts; jobId?: string };

export async function setImport(db: Kysely<Open>, id: string, state: State, more: More = {}): Promise<void> {
  await db
    .updateTable('order_import')
    .set({
      state,
      updated_at: new Date(),
      ...(more.detected ? { detected: JSON.stringify(more.detected) } : {}),
      ...(more.problem === undefined ? {} : { problem: more.problem && JSON.stringify(more.problem) }),
      ...(more.counts ? { counts: JSON.stringify(more.counts) } : {}),
      ...(more.jobId ? { job_id: Number(more.jobId) } : {}),
    })
    .where('id', '=', id)
    .execute();
}

async function* parts(db: Kysely<Open>, id: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const row = await db
      .selectFrom('order_import_part')
      .select('bytes')
      .where('import_id', '=', id)
      .where('kind', '=', 'file')
      .where('part', '=', part)
      .executeTakeFirst();
    if (!row) return;
    yield row.bytes;
  }
}

/** Lays the sent file down on disk for as long as `work` needs it: archives are read from their end. */
export async function withFile<T>(db: Kysely<Open>, id: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'haedap-import-'));
  try {
    const path = join(folder, 'file');
    await pipeline(Readable.from(parts(db, id)), createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps bytes as the parts of an import, in the place of those that were there. Answers how many. */
export async function keepParts(
  db: Kysely<Open>,
  id: string,
  kind: 'file' | 'failed',
  bytes: AsyncIterable<Buffer>,
): Promise<number> {
  await db.deleteFrom('order_import_part').where('import_id', '=', id).where('kind', '=', kind).execute();
  const size = 540_000;
  let part = 0;
  let held = Buffer.alloc(0);
  const keep = async (chunk: Buffer) => {
    await db.insertInto('order_import_part').values({ import_id: id, kind, part, bytes: chunk }).execute();
    part += 1;
  };
  for await (const more of bytes) {
    held = Buffer.concat([held, more]);
    while (held.length >= size) {
      await keep(held.subarray(0, size));
      held = held.subarray(size);
    }
  }
  if (held.length > 0) await keep(held);
  return part;
}
