import { sql } from 'kysely';
import { handle } from '../context.ts';
import { jobs } from '../contract/jobs.ts';
import { notFound } from '../operation.ts';
import { removeWaiting } from './discard-job.ts';
import { jobById } from './job-store.ts';

/** Takes a waiting job out of the queue, and asks a running one to stop. One that has ended stays as it is. */
export const cancelJob = handle(jobs.operations.cancel, async (ctx, { id }) => {
  const job = await jobById(ctx.db, id);
  if (!job) return notFound();
  if (job.state === 'done' || job.state === 'cancelled') return { id, state: job.state };
  const gone = job.state !== 'running' && (await removeWaiting(ctx.db, job, ctx.actor.id));
  if (!gone) {
    await sql`
      insert into job_run (job_id, name, state, cancel_requested_at, cancel_requested_by, created_at, started_at)
      values (${id}, ${job.name}, 'running', now(), ${ctx.actor.id}, now(), ${job.started_at})
      on conflict (job_id) do update set cancel_requested_at = now(), cancel_requested_by = ${ctx.actor.id}`.execute(
      ctx.db,
    );
  }
  const state = gone ? ('cancelled' as const) : ('running' as const);
  ctx.record('jobs.cancelled', id, {
    before: { state: job.state },
    after: { state, cancelRequested: true },
    data: { name: job.name },
  });
  return { id, state };
});
