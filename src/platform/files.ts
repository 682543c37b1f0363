import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { fileKind } from './file-kind.ts';
import type { Open } from './scope.ts';

/** Most bytes of one file that is sent or hangs on a message; a raw message may be half as large again. */
export const MOST_FILE_BYTES = 30_000_000;
const PART_BYTES = 1_000_000;
/** What nothing hangs on is removed after a day. */
const LOOSE_MS = 86_400_000;

export type StoredFile = { sha256: string; bytes: number; mime: string; risk: string | null; image: boolean };
type Db = Kysely<Open>;

/**
 * Keeps bytes; the same ones are kept once. They stay for a day, and from then on only if something hangs on them
 * (`hangOn`, in the transaction that makes it).
 */
export async function storeFile(db: Db, bytes: Buffer): Promise<StoredFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { mime, risk, size } = fileKind(bytes);
  const until = new Date(Date.now() + LOOSE_MS);
  const row = { sha256, bytes: bytes.length, mime, risk, width: size?.width ?? null, height: size?.height ?? null };
  await db.transaction().execute(async (trx) => {
    const fresh = await trx
      .insertInto('file_blob')
      .values({ ...row, kept_until: until, created_at: new Date() })
      .onConflict((at) =>
        at.column('sha256').doUpdateSet({
          kept_until: sql`case when file_blob.kept_until is null then null else ${until}::timestamptz end`,
        }),
      )
      .returning(sql<boolean>`xmax = 0`.as('fresh'))
      .executeTakeFirstOrThrow();
    if (!fresh.fresh) return;
    for (let part = 0; part * PART_BYTES < bytes.length; part++) {
      const data = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      await trx.insertInto('file_part').values({ sha256, part, data }).execute();
    }
  });
  return { sha256, bytes: bytes.length, mime, risk, image: size !== null };
}

/** Something hangs on these files from now on. False: one of them is not there (any more). */
export async function hangOn(db: Db, hashes: readonly string[]): Promise<boolean> {
  const all = [...new Set(hashes)];
  if (all.length === 0) return true;
  const kept = await db
    .updateTable('file_blob')
    .set({ kept_until: null })
    .where('sha256', 'in', all)
    .returning('sha256')
    .execute();
  return kept.length === all.length;
}

/** The bytes of a file, a part at a time. */
export async function* readFile(db: Db, sha256: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const row = await db
      .selectFrom('file_part')
      .select('data')
      .where('sha256', '=', sha256)
      .where('part', '=', part)
      .executeTakeFirst();
    if (!row) return;
    yield row.data;
  }
}

/** All bytes of a file at once. */
export async function wholeFile(db: Db, sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of readFile(db, sha256)) parts.push(part);
  return Buffer.concat(parts);
}

/** Removes what nothing hangs on. */
export async function tidyFiles(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('file_blob').where('kept_until', '<', now).execute();
}
