import type { QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import type { orders } from '../contract.ts';
import type { Dot } from '../rules/delivery/line.ts';
import type { StuckKind } from '../rules/delivery/stuck.ts';
import { type Basis, kstWeekday } from '../rules/delivery/transit.ts';

export type Delivery = Output<typeof orders.operations.listDeliveries>['items'][number];

/** A dot where the parcel stands is wrong once the parcel is stuck. */
const marked = (line: readonly Dot[], stuck: boolean): Dot[] =>
  line.map((dot) => (stuck && dot.state === 'now' ? { ...dot, state: 'wrong' as const } : dot));

/** A line as the database keeps it, in JSON. */
export const lineFrom = (json: unknown, stuck: boolean): Dot[] =>
  marked(
    (json as (Omit<Dot, 'at'> & { at: string | null })[]).map((dot) => ({
      ...dot,
      at: dot.at ? new Date(dot.at) : null,
    })),
    stuck,
  );

export const stuckNow = (kind: string, at: Date, now: Date): Delivery['stuck'] =>
  at <= now ? { kind: kind as StuckKind, since: at } : null;

export const weekdayOf = (shippedAt: Date | null): number | null => (shippedAt ? kstWeekday(shippedAt) : null);
export const basisFrom = (json: unknown): Basis | null => json as Basis | null;

/** Names of partners by id, within the caller's scope. */
export async function partnerNames(ctx: QueryContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.scoped
    .selectFrom('partner')
    .select(['id', 'name'])
    .where('partner.id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The partners of a parcel that the caller may know of. */
export const partnersFrom = (ids: readonly string[], names: ReadonlyMap<string, string>): Delivery['partners'] =>
  ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id) ?? '' }] : []));
