import type { QueryContext } from '#platform/context.ts';

/** How a channel is worked; a channel that nobody has set up opens nothing again and holds nothing. */
export async function channelRule(ctx: Pick<QueryContext, 'db'>, channel: string) {
  const row = await ctx.db
    .selectFrom('ticket_channel_rule')
    .select(['reopen_days', 'hold_seconds', 'auto_close_days'])
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row ?? { reopen_days: 0, hold_seconds: 0, auto_close_days: null };
}
