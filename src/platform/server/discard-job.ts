import { type Kysely, sql } from 'kysely';
import { handle } from '../context.ts';
import { jobs } from '../contract/jobs.ts';
import { notFound, refuse } from '../operation.ts';
import type { Open } from '../scope.ts';
import { type JobRow, jobById } from './job-store.ts';

/** Gives a job up that failed or waits: it leaves the queue, and its trace says who let it go. */
export const discardJob = handle(jobs.operations.discard, async (ctx, { id }) => {
  const job = await jobById(ctx.db, id);
  if (!job) return notFound();
  if (job.state === 'done' || job.state === 'cancelled') return { id, state: job.state };
  if (job.state === 'running' || !(await removeWaiting(ctx.db, job, ctx.actor.id))) return refuse('running', {});
  ctx.record('jobs.discarded', id, {
    before: { state: job.state, attempts: job.attempts, error: job.error },
    after: { state: 'cancelled' },
    data: { name: job.name },
  });
  return { id, state: 'cancelled' as const };
});

/** Takes a job out of the queue unless it runs by now; its trace stays for 30 days. */
export async function removeWaiting(db: Kysely<Open>, job: JobRow, by: string): Promise<boolean> {
  const { rows } = await sql`select id from graphile_worker.complete_jobs(array[${job.id}::bigint])`.execute(db);
  if (rows.length === 0) return false;
  await sql`
    insert into job_run (job_id, name, state, error, cancel_requested_at, cancel_requested_by, created_at, finished_at)
    values (${job.id}, ${job.name}, 'cancelled', ${job.error}, now(), ${by}, ${job.created_at}, now())
    on conflict (job_id) do update set state = 'cancelled', cancel_requested_at = now(), cancel_requested_by = ${by},
      finished_at = now()`.execute(db);
  return true;
}
