import { handle } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { notFound, refuse } from '../operation.ts';
import { readsEverywhere } from './audit-store.ts';
import { jobById } from './job-store.ts';

/** One part of an exported file. Refuses `not_ready` until the job is done, `file_gone` after seven days. */
export const readExport = handle(audit.operations.readExport, async (ctx, { jobId, part }) => {
  if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
  const job = await jobById(ctx.db, jobId);
  if (job?.name !== 'audit.export') return notFound();
  if (job.state !== 'done') return refuse('not_ready', {});
  const parts = await ctx.db
    .selectFrom('export_part')
    .select(['part', 'text'])
    .where('job_id', '=', Number(jobId))
    .where('part', 'in', [part, part + 1])
    .orderBy('part')
    .execute();
  const [here, after] = parts;
  if (here?.part !== part) return refuse('file_gone', {});
  const name = String(job.result?.file ?? 'audit');
  const mediaType = name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
  return { name, mediaType, text: here.text, next: after ? after.part : null };
});
