import { sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { CHANNELS } from '#tickets/contract/shapes.ts';
import { channels } from '../contract.ts';
import { isOpen } from '../rules/first-response.ts';
import type { SourceState } from '../rules/source-state.ts';
import { settingFrom } from './setting-store.ts';

type Source = Output<typeof channels.operations.list>['items'][number]['sources'][number];

/** Each channel: how it is worked, whether it is open now, and how its sources stand. */
export const listChannels = handle(channels.operations.list, async (ctx) => {
  const settings = await ctx.db.selectFrom('channel_setting').selectAll().execute();
  const sources = await sourcesOf(ctx);
  const items = CHANNELS.map((channel) => {
    const { enabled, hours, firstResponse } = settingFrom(settings.find((row) => row.channel === channel));
    const own = sources.filter((it) => it.channel === channel).map(({ source }) => source);
    return { channel, enabled, hours, firstResponse, open: enabled && isOpen(hours, ctx.now), sources: own };
  });
  return { items };
});

async function sourcesOf(ctx: QueryContext): Promise<{ channel: string; source: Source }[]> {
  const rows = await ctx.db
    .selectFrom('channel_source')
    .selectAll()
    .select([
      sql<number>`(select count(*)::int from channel_delivery d
        where d.source = channel_source.id and d.state in ('queued', 'sending'))`.as('waiting'),
      sql<number>`(select count(*)::int from channel_mail m where m.source = channel_source.id and m.kind = 'bounce'
        and m.received_at > ${ctx.now}::timestamptz - interval '7 days' and not exists
          (select 1 from channel_delivery d where d.mail_id = any(m.chain)))`.as('unmatched'),
    ])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    channel: row.channel,
    source: {
      ...{ id: row.id, mall: row.mall, address: row.address, state: row.state as SourceState, since: row.since },
      ...{ why: row.why, detail: row.detail, lastOkAt: row.last_ok_at, lastMessageAt: row.last_event_at },
      ...{ resumeAt: row.resume_at, waiting: row.waiting, unmatched: row.unmatched },
    },
  }));
}
