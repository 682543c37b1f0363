import { sql } from 'kysely';
import type { JobHandler } from '../context.ts';
import { tidyFiles } from '../files.ts';

const DAY_MS = 86_400_000;

/**
 * Each hour: removes what is kept for a time only. Answers to repeated commands: 2 days; exported files: 7; published
 * events and traces of jobs: 30; files that nothing hangs on: 1.
 */
export const tidyJob: JobHandler = async (ctx) => {
  const before = (days: number) => new Date(ctx.now.getTime() - days * DAY_MS);
  await ctx.db.deleteFrom('idempotency_key').where('at', '<', before(2)).execute();
  await tidyFiles(ctx.db, ctx.now);
  const kept = ctx.db.selectFrom('job_run').select('job_id').where('created_at', '>', before(7));
  await ctx.db.deleteFrom('export_part').where('job_id', 'not in', kept).execute();
  await ctx.db.deleteFrom('job_run').where('finished_at', '<', before(30)).execute();
  // In steps, so that no statement holds many rows; the newest event stays, since positions count on from it.
  for (let gone = 1; gone > 0; ) {
    const { rows } = await sql`
      delete from outbox where id in (
        select id from outbox where at < ${before(30)} and position < (select max(position) from outbox) limit 5000)
      returning 1`.execute(ctx.db);
    gone = rows.length;
  }
};
