import type { JobHandler } from '#platform/context.ts';
import { requests } from '../contract.ts';
import { anythingDue } from './check-due.ts';

/** Each minute: reminds, and tells what is overdue. */
export const checkDueJob: JobHandler = async (ctx) => {
  if (await anythingDue(ctx)) await ctx.run(requests.operations.checkDue, {});
};
