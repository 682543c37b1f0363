import { sql } from 'kysely';
import { handle } from '../context.ts';
import { jobs } from '../contract/jobs.ts';
import { cursorValues, pageOf } from '../keyset.ts';
import { jobEntryOf, jobOf, jobsWhere } from './job-store.ts';

/** Jobs that wait, run, failed for good, or ended with a bar; newest first. */
export const listJobs = handle(jobs.operations.list, async (ctx, { state, name, limit, cursor }) => {
  const [before] = cursorValues(cursor, 1) ?? [];
  const condition = sql`${state ? sql`job.state = ${state}` : sql`true`}
    and ${name ? sql`job.name = ${name}` : sql`true`} and ${before === undefined ? sql`true` : sql`job.id < ${before}`}`;
  const rows = await jobsWhere(ctx.db, condition, limit + 1);
  return pageOf(rows, limit, jobOf, (row) => [Number(row.id)]);
});

/** Long jobs that the caller started: those that have not ended, and those that ended in the last day. */
export const listMyJobs = handle(jobs.operations.mine, async (ctx) => {
  const since = new Date(ctx.now.getTime() - 86_400_000);
  const mine = sql`job.requested_by = ${ctx.actor.id} and (job.finished_at is null or job.finished_at > ${since})`;
  return { items: (await jobsWhere(ctx.db, mine, 50)).map(jobEntryOf) };
});

/** How many wait, run, or are dead letters. */
export const countJobs = handle(jobs.operations.count, async (ctx) => {
  const { rows } = await sql<{ waiting: number; running: number; failed: number }>`
    select count(*) filter (where locked_at is null and attempts < max_attempts) as waiting,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts) as failed
    from graphile_worker._private_jobs`.execute(ctx.db);
  return rows[0] ?? { waiting: 0, running: 0, failed: 0 };
});
