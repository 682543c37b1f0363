import { type Kysely, sql } from 'kysely';
import type { DB } from './db.gen.ts';
import { writeEvents } from './outbox.ts';

/** Somebody cancelled the job: `progress` throws it, and the job ends there without another attempt. */
export class JobCancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

/** The server stops: `progress` throws it, and the job starts again elsewhere or later. */
export class JobInterrupted extends Error {
  constructor() {
    super('the server stopped while the job ran; it starts again by itself');
  }
}

type End = { state: 'done' | 'failed' | 'cancelled'; error?: string };

/** Keeps a job that people watch on its screen from the start, though it waits. */
export async function watchJob(
  trx: Kysely<DB>,
  job: { id: string; name: string; by: { id: string; name: string } },
): Promise<void> {
  await sql`
    insert into job_run (job_id, name, state, requested_by, requested_by_name, created_at)
    values (${job.id}, ${job.name}, 'waiting', ${job.by.id}, ${job.by.name}, now())
    on conflict (job_id) do update set state = 'waiting', progress = 0, note = null, error = null,
      cancel_requested_at = null, cancel_requested_by = null, started_at = null, finished_at = null`.execute(trx);
  await tell(trx, 'jobs.added', job.id, job.name);
}

/** The job starts, or starts again. Answers whether somebody watches it; throws `JobCancelled`. */
export async function startRun(db: Kysely<DB>, id: string): Promise<boolean> {
  const { rows } = await sql<{ cancelled: boolean }>`
    update job_run set state = 'running', started_at = coalesce(started_at, now()), error = null, finished_at = null
    where job_id = ${id} returning cancel_requested_at is not null as cancelled`.execute(db);
  if (rows[0]?.cancelled) throw new JobCancelled();
  return rows.length > 0;
}

/** Writes progress; the first call of a job that nobody watches yet makes its row. Throws `JobCancelled`. */
export async function keepProgress(
  db: Kysely<DB>,
  job: { id: string; name: string },
  done: number,
  note: string | undefined,
): Promise<void> {
  const share = Math.min(1, Math.max(0, done));
  const { rows } = await sql<{ cancelled: boolean }>`
    insert into job_run (job_id, name, state, progress, note, created_at, started_at)
    values (${job.id}, ${job.name}, 'running', ${share}, ${note ?? null}, now(), now())
    on conflict (job_id) do update set progress = excluded.progress, note = coalesce(excluded.note, job_run.note)
    returning cancel_requested_at is not null as cancelled`.execute(db);
  if (rows[0]?.cancelled) throw new JobCancelled();
}

/** Keeps what a job made, for whoever asks later: the file of an export, counts of an import. */
export async function keepResult(db: Kysely<DB>, id: string, result: Record<string, unknown>): Promise<void> {
  await sql`update job_run set result = ${JSON.stringify(result)} where job_id = ${id}`.execute(db);
}

/** The job ended for good. Jobs that nobody watches leave a trace only when they failed, as dead letters. */
export async function endRun(db: Kysely<DB>, job: { id: string; name: string }, end: End): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      update job_run set state = ${end.state}, error = ${end.error ?? null}, finished_at = now(),
        progress = case when ${end.state} = 'done' then 1 else progress end
      where job_id = ${job.id} returning job_id`.execute(trx);
    if (rows.length > 0 || end.state === 'failed') await tell(trx, `jobs.${end.state}`, job.id, job.name);
  });
}

/** The attempt failed and another will follow. */
export async function awaitRetry(db: Kysely<DB>, id: string, error: string): Promise<void> {
  await sql`update job_run set state = 'waiting', error = ${error} where job_id = ${id}`.execute(db);
}

export async function tell(trx: Kysely<DB>, event: string, id: string, name: string): Promise<void> {
  await writeEvents(trx, [{ event, subjectId: id, data: { name } }]);
}
