import { type Kysely, type RawBuilder, sql } from 'kysely';
import { maskForAudit } from '../audit-mask.ts';
import type { JOB_STATES } from '../contract/jobs.ts';
import type { Open } from '../scope.ts';

type State = (typeof JOB_STATES)[number];

export type JobRow = {
  id: string;
  name: string;
  state: State;
  progress: number | null;
  note: string | null;
  attempts: number;
  max_attempts: number;
  error: string | null;
  requested_by: string | null;
  requested_by_name: string | null;
  cancel_requested: boolean;
  run_at: Date | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  payload: unknown;
  result: Record<string, unknown> | null;
};

/** All jobs that there are: those in graphile-worker's queue, and those with a bar that have ended. */
const ALL = sql`
  select j.id, t.identifier as name,
    case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
      else 'waiting' end as state,
    r.progress, r.note, j.attempts, j.max_attempts, coalesce(j.last_error, r.error) as error,
    r.requested_by, r.requested_by_name, r.cancel_requested_at is not null as cancel_requested,
    j.run_at, j.created_at, coalesce(r.started_at, j.locked_at) as started_at,
    case when j.locked_at is null and j.attempts >= j.max_attempts then j.updated_at end as finished_at,
    j.payload::jsonb as payload, r.result
  from graphile_worker._private_jobs j
  join graphile_worker._private_tasks t on t.id = j.task_id
  left join job_run r on r.job_id = j.id
  union all
  select r.job_id, r.name, r.state, r.progress, r.note, 1, 1, r.error, r.requested_by, r.requested_by_name,
    r.cancel_requested_at is not null, null, r.created_at, r.started_at, r.finished_at, null, r.result
  from job_run r
  where r.state in ('done', 'cancelled')`;

/** Jobs that a condition on the columns of `JobRow` picks, newest first. */
export async function jobsWhere(db: Kysely<Open>, condition: RawBuilder<unknown>, limit: number): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`
    select job.*, job.id::text as id from (${ALL}) as job where ${condition}
    order by job.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function jobById(db: Kysely<Open>, id: string): Promise<JobRow | null> {
  return (await jobsWhere(db, sql`job.id = ${id}::bigint`, 1))[0] ?? null;
}

/** A job as lists show it. */
export function jobOf(row: JobRow) {
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    progress: row.progress,
    note: row.note,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    error: row.error,
    requestedBy:
      row.requested_by === null ? null : { id: row.requested_by, name: row.requested_by_name ?? row.requested_by },
    cancelRequested: row.cancel_requested,
    runAt: row.run_at,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** A job with what it was given and what it made. */
export const jobEntryOf = (row: JobRow) => ({
  ...jobOf(row),
  payload: maskForAudit(row.payload),
  result: row.result,
});
