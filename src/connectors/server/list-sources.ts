import { sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { connectors } from '../contract.ts';
import { newSource, type Source } from '../rules/source.ts';
import type { ConnectorSettings } from '../settings.ts';
import { TRACKER } from './ask-tracker.ts';
import { sourceOf } from './source-store.ts';

type Item = Output<typeof connectors.operations.listSources>['items'][number];
type Waiting = { parcels: number; waiting: number };
const NONE: Waiting = { parcels: 0, waiting: 0 };
const OFF = { state: 'off', since: null, why: null, detail: null, lastOkAt: null, resumeAt: null } as const;

/** Each outside system: how it stands, since when and why, and what waits for it. A carrier only while in trouble. */
export const listSources = ({ tracker }: ConnectorSettings) =>
  handle(connectors.operations.listSources, async (ctx) => {
    if (!tracker) return { items: [{ ...OFF, ...ids(TRACKER, null), ...NONE }] };
    const rows = await ctx.db.selectFrom('connector_source').selectAll().orderBy('id').execute();
    const counts = await waiting(ctx);
    const all = [...counts.values()].reduce(
      (sum, one) => ({ parcels: sum.parcels + one.parcels, waiting: sum.waiting + one.waiting }),
      NONE,
    );
    const known = rows.find(({ id }) => id === TRACKER);
    const first = itemOf(TRACKER, tracker.host, known ? sourceOf(known) : { ...newSource(ctx.now) }, all);
    const carriers = rows
      .filter(({ id, state }) => id !== TRACKER && state !== 'ok' && state !== 'off')
      .map((row) => itemOf(row.id, null, sourceOf(row), counts.get(ids(row.id, null).carrier ?? '') ?? NONE));
    return { items: [known ? first : { ...first, since: null }, ...carriers] };
  });

function ids(id: string, host: string | null): Pick<Item, 'id' | 'kind' | 'carrier' | 'host'> {
  const carrier = id === TRACKER ? null : id.slice(TRACKER.length + 1);
  return { id, kind: carrier ? 'carrier' : 'tracker', carrier, host };
}

function itemOf(id: string, host: string | null, source: Source, counts: Waiting): Item {
  const { state, since, why, detail, lastOkAt, resumeAt } = source;
  return { ...ids(id, host), state, since, why, detail, lastOkAt, resumeAt, ...counts };
}

/** Parcels by carrier; those that wait should have been asked for already. */
async function waiting(ctx: QueryContext): Promise<ReadonlyMap<string, Waiting>> {
  const rows = await ctx.scoped
    .selectFrom('tracker_parcel')
    .select([
      'tracker_parcel.carrier',
      sql<number>`count(*)::int`.as('parcels'),
      sql<number>`(count(*) filter (where tracker_parcel.next_at <= now() - interval '2 minutes'))::int`.as('waiting'),
    ])
    .groupBy('tracker_parcel.carrier')
    .execute();
  return new Map(rows.map(({ carrier, ...counts }) => [carrier, counts]));
}
