import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { JobHandler } from '../context.ts';

const DAY_MS = 86_400_000;
const EXPORTS_DAYS = 7;

/** Each hour: removes what is kept for a time only. Answers to repeated commands: 2 days; events and job traces: 30. */
export const tidyJob =
  (filesFolder: string): JobHandler =>
  async (ctx) => {
    const before = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
    await ctx.db.deleteFrom('idempotency_key').where('at', '<', before(2)).execute();
    await ctx.db.deleteFrom('job_run').where('finished_at', '<', before(30)).execute();
    // In steps, so that no statement holds many rows; the newest event stays, since positions count on from it.
    for (let gone = 1; gone > 0; ) {
      const { rows } = await sql`
        delete from outbox where id in (
          select id from outbox where at < ${before(30)} and position < (select max(position) from outbox) limit 5000)
        returning 1`.execute(ctx.db);
      gone = rows.length;
    }
    await removeOldExports(join(filesFolder, 'exports'), before(EXPORTS_DAYS));
  };

async function removeOldExports(folder: string, before: Date): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = join(folder, name);
    const facts = await stat(file).catch(() => null);
    if (facts && facts.mtime < before) await rm(file, { force: true });
  }
}
