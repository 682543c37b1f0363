import type { JobHandler } from '#platform/context.ts';

/** Takes away sessions, challenges and counters that have ended by themselves. */
export const sweep: JobHandler = async (ctx) => {
  await ctx.db.deleteFrom('session').where('expires_at', '<', ctx.now).execute();
  await ctx.db.deleteFrom('verification').where('expires_at', '<', ctx.now).execute();
  await ctx.db
    .deleteFrom('auth_rate_limit')
    .where('last_request', '<', ctx.now.getTime() - 3_600_000)
    .execute();
};
