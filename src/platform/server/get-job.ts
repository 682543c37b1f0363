import { handle } from '../context.ts';
import { jobs } from '../contract/jobs.ts';
import { notFound } from '../operation.ts';
import { jobById, jobEntryOf } from './job-store.ts';

export const getJob = handle(jobs.operations.get, async (ctx, { id }) => {
  const job = await jobById(ctx.db, id);
  return job ? jobEntryOf(job) : notFound();
});
