import { sql } from 'kysely';
import { handle } from '../context.ts';
import { jobs } from '../contract/jobs.ts';
import { notFound, refuse } from '../operation.ts';
import { jobById } from './job-store.ts';

/** Runs a dead letter again, with all its attempts; a job that waits for its next attempt runs at once. */
export const retryJob = handle(jobs.operations.retry, async (ctx, { id }) => {
  const job = await jobById(ctx.db, id);
  if (!job) return notFound();
  if (job.state === 'running') return refuse('running', {});
  if (job.state === 'done' || job.state === 'cancelled') return refuse('ended', {});
  const { rows } = await sql`
    select id from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0)`.execute(
    ctx.db,
  );
  if (rows.length === 0) return refuse('running', {});
  await ctx.db
    .updateTable('job_run')
    .set({ state: 'waiting', finished_at: null, cancel_requested_at: null, cancel_requested_by: null })
    .where('job_id', '=', Number(id))
    .execute();
  // graphile-worker looks for jobs that became due only now and then.
  await sql`select pg_notify('jobs:insert', '{"r":0,"count":1}')`.execute(ctx.db);
  ctx.record('jobs.retried', id, {
    before: { state: job.state, attempts: job.attempts },
    after: { state: 'waiting', attempts: 0 },
    data: { name: job.name },
  });
  return { id, state: 'waiting' as const };
});
