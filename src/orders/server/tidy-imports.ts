import type { JobHandler } from '#platform/context.ts';

const KEPT_MS = 3 * 86_400_000;

/** Each hour: files, rows and results of imports go after three days, since they hold personal data. */
export const tidyImports: JobHandler = async (ctx) => {
  const before = new Date(ctx.now.getTime() - KEPT_MS);
  await ctx.db.deleteFrom('order_import').where('updated_at', '<', before).execute();
};
