import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { channels } from '../contract.ts';
import { reversed } from '../rules/first-response.ts';
import { settingOf } from './setting-store.ts';

/** How a channel is worked from now on: on or off, its hours, its first answer. */
export const saveChannel = handle(channels.operations.save, async (ctx, { channel, enabled, hours, firstResponse }) => {
  if (reversed(hours)) return refuse('hours_reversed', {});
  if (firstResponse.on && !firstResponse.inHours && !firstResponse.outOfHours) return refuse('no_text', {});
  const before = await settingOf(ctx.db, channel);
  const row = {
    ...{ enabled, hours: JSON.stringify(hours), first_response: JSON.stringify(firstResponse) },
    ...{ updated_at: ctx.now, updated_by: ctx.actor.kind === 'system' ? null : ctx.actor.id },
  };
  await ctx.db
    .insertInto('channel_setting')
    .values({ channel, ...row })
    .onConflict((at) => at.column('channel').doUpdateSet(row))
    .execute();
  ctx.record('channels.saved', channel, { before, after: { enabled, hours, firstResponse }, data: { channel } });
  return {};
});

/** Somebody has mended what was wrong and does not want to wait. */
export const retrySource = handle(channels.operations.retry, async (ctx, { source }) => {
  const asked = await ctx.db
    .updateTable('channel_source')
    .set({ retry_asked_at: ctx.now })
    .where('id', '=', source)
    .where('state', '<>', 'off')
    .returning('id')
    .executeTakeFirst();
  if (asked) ctx.record('channels.retry_asked', source);
  return { result: asked ? ('asked' as const) : ('off' as const) };
});
