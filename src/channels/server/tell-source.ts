import { handle } from '#platform/context.ts';
import { channels } from '../contract.ts';
import { keepCursor } from './accept-mail.ts';

/** How a source stands, for the channels page; told again unchanged, only its last success is newer. */
export const tellSource = handle(channels.operations.tellSource, async (ctx, input) => {
  const { source: id, channel, mall, mailbox: address, state, why, detail, failures, resumeAt } = input;
  const before = await ctx.db
    .selectFrom('channel_source')
    .select(['state', 'since'])
    .where('id', '=', id)
    .executeTakeFirst();
  const row = {
    ...{ channel, mall, address, state, why, detail, failures, resume_at: resumeAt ? new Date(resumeAt) : null },
    since: before && before.state === state ? before.since : ctx.now,
    ...(state === 'ok' ? { last_ok_at: ctx.now, retry_asked_at: null } : {}),
    updated_at: ctx.now,
  };
  await ctx.db
    .insertInto('channel_source')
    .values({ id, ...row })
    .onConflict((at) => at.column('id').doUpdateSet(row))
    .execute();
  if (before?.state === state) return {};
  ctx.record('channels.source_told', id, { before: { state: before?.state ?? null }, after: { state, why } });
  return {};
});

export const moveCursor = handle(channels.operations.moveCursor, async (ctx, { source, cursor }) => {
  await keepCursor(ctx, source, cursor);
  return {};
});
