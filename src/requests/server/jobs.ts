import type { JobHandler } from '#platform/context.ts';
import { requests } from '../contract.ts';
import { anythingDue } from './check-due.ts';

/** A change of an order was asked, answered or withdrawn. */
export const followChangeJob: JobHandler = async (ctx, payload) => {
  const { change } = (payload.data ?? {}) as { change?: string };
  if (change) await ctx.run(requests.operations.followChange, { change });
};

/** Something was said on a request. */
export const tellCaseJob: JobHandler = async (ctx, payload) => {
  await ctx.run(requests.operations.tellCase, { id: payload.subjectId as string });
};

/** Each minute: reminds, and tells what is overdue. */
export const checkDueJob: JobHandler = async (ctx) => {
  if (await anythingDue(ctx)) await ctx.run(requests.operations.checkDue, {});
};
