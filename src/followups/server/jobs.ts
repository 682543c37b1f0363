import type { JobHandler } from '#platform/context.ts';
import { followups } from '../contract.ts';
import { anythingDue, hangsOn } from './check-due.ts';

/** Each minute: reminds, tells what is late, decides what is broken. */
export const checkDueJob: JobHandler = async (ctx) => {
  if (await anythingDue(ctx)) await ctx.run(followups.operations.checkDue, {});
};

/** A ticket was answered, assigned, moved or closed. */
export const followTicketJob: JobHandler = async (ctx, payload) => {
  const ticket = payload.subjectId as string;
  if (await hangsOn(ctx, ticket)) await ctx.run(followups.operations.followTicket, { ticket });
};
