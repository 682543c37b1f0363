import type { JobHandler } from '#platform/context.ts';

const DRAFT_DAYS = 30;

/** Takes away sessions, challenges and counters that have ended by themselves, and drafts that nobody has touched for 30 days. */
export const sweep: JobHandler = async (ctx) => {
  await ctx.db.deleteFrom('session').where('expires_at', '<', ctx.now).execute();
  await ctx.db.deleteFrom('verification').where('expires_at', '<', ctx.now).execute();
  await ctx.db
    .deleteFrom('auth_rate_limit')
    .where('last_request', '<', ctx.now.getTime() - 3_600_000)
    .execute();
  await ctx.db
    .deleteFrom('person_preference')
    .where('name', 'like', 'draft.%')
    .where('updated_at', '<', new Date(ctx.now.getTime() - DRAFT_DAYS * 86_400_000))
    .execute();
};
