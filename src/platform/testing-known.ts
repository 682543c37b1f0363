import { type Kysely, sql } from 'kysely';
import { SYSTEM } from './actors.ts';
import { writeAudit } from './audit.ts';
import type { DB } from './db.gen.ts';
import { addJob } from './jobs.ts';

/** Records of the platform's own rooms for examples: an audit record, a dead letter, an export that is done. */
export async function platformKnown(db: Kysely<DB>): Promise<{ auditId: string; jobId: string; exportJobId: string }> {
  const auditId = await writeAudit(db, { actor: SYSTEM, requestId: 'example', operation: 'tickets.assign' });
  const jobId = await addJob(db, 'jobs.tidy', {}, { maxAttempts: 1 });
  await sql`
    update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'the database was away'
    where id = ${jobId}`.execute(db);
  const exportJobId = await addJob(db, 'audit.export', {}, { watchedBy: SYSTEM });
  await sql`select graphile_worker.complete_jobs(array[${exportJobId}::bigint])`.execute(db);
  await sql`
    update job_run set state = 'done', progress = 1, finished_at = now(), result = '{"file": "audit.csv", "rows": 0}'
    where job_id = ${exportJobId}`.execute(db);
  await db
    .insertInto('export_part')
    .values({ job_id: Number(exportJobId), part: 0, text: '' })
    // A worker of the same database may have run it already.
    .onConflict((at) => at.columns(['job_id', 'part']).doNothing())
    .execute();
  return { auditId, jobId, exportJobId };
}
