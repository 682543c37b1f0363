import type { JobHandler } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { forgetGone } from './presence.ts';

/** The time until which a ticket was put off has come. */
export const wakeJob: JobHandler = async (ctx, { id }) => {
  await ctx.run(tickets.operations.wake, { id: id as string });
};

/** Forgets who was at which ticket. */
export const tidyJob: JobHandler = async (ctx) => {
  await forgetGone(ctx.db);
};
