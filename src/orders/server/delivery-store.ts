import { sql } from 'kysely';
import type { ScopedDb } from '#platform/scope.ts';
import { lineOf } from '../rules/delivery/line.ts';
import { regionOf } from '../rules/delivery/region.ts';
import { type Step, type StepKind, standsAt } from '../rules/delivery/steps.ts';
import { type Watch, watchOf } from '../rules/delivery/stuck.ts';
import { type Basis, kstWeekday, type Norms } from '../rules/delivery/transit.ts';

/** What a parcel and its order say of its way. */
export type ParcelFacts = {
  order_id: string;
  parcel_id: string;
  mall: string;
  carrier: string;
  tracking_no: string;
  state: string;
  waybill_at: Date | null;
  shipped_at: Date | null;
  units: { line: string }[];
  receiver_address: string | null;
  receiver_postcode: string | null;
};
/** What the tracker says of it: left as it was where absent. */
export type Told = { checkedAt?: Date; problem?: 'not_found' | null };

/** Steps of an order's parcels, or of one of them, oldest first. */
export const loadSteps = async (scoped: ScopedDb, orderId: string, parcelId?: string) =>
  (await loadStepsOf(scoped, [orderId])).filter((step) => parcelId === undefined || step.parcel_id === parcelId);

export async function loadStepsOf(scoped: ScopedDb, orders: readonly string[]) {
  const steps = await scoped
    .selectFrom('tracking_step')
    .select(['tracking_step.order_id', 'parcel_id', 'seq', 'kind', 'at', 'place', 'note'])
    .where(sql<boolean>`tracking_step.order_id = any(${orders}::uuid[])`)
    .orderBy('at')
    .orderBy('seq')
    .execute();
  return steps.map((step) => ({ ...step, kind: step.kind as StepKind }));
}

export type Measured = { region: string; basis: Basis | null; watch: Watch };

/** How a parcel stands against what is normal for its lane. */
export function measure(norms: Norms, parcel: ParcelFacts, steps: readonly Step[], problem: Told['problem']): Measured {
  const region = regionOf(parcel.receiver_address, parcel.receiver_postcode);
  const { carrier, shipped_at: shippedAt, waybill_at: waybillAt, state } = parcel;
  const basis = shippedAt ? norms({ carrier, region, weekday: kstWeekday(shippedAt) }) : null;
  const watch = watchOf({ state, waybillAt, shippedAt, last: standsAt(steps), problem: problem ?? null }, basis);
  return { region, basis, watch };
}

export type Watched = { parcel: ParcelFacts; steps: readonly Step[]; told?: Told };

/**
 * Writes the rows of parcels that have not arrived, from their facts and steps: few statements, however many parcels.
 * The orders' rows must be locked, or the steps may be older than those of somebody else.
 */
export async function keepDeliveries(scoped: ScopedDb, norms: Norms, watched: readonly Watched[]): Promise<void> {
  if (watched.length === 0) return;
  const orders = [...new Set(watched.map(({ parcel }) => parcel.order_id))];
  const before = await toldBefore(scoped, orders);
  const partners = await linePartners(scoped, orders);
  const rows = watched.flatMap((one) => {
    const { parcel } = one;
    const earlier = before.get(keyOf(parcel.order_id, parcel.parcel_id));
    const ids = parcel.units.flatMap(({ line }) => partners.get(keyOf(parcel.order_id, line)) ?? []);
    const row = rowOf(norms, one, earlier, [...new Set(ids)]);
    return row ? [{ order_id: parcel.order_id, parcel_id: parcel.parcel_id, ...row }] : [];
  });
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0] as object).filter((name) => !name.endsWith('_id'));
  const update = Object.fromEntries(columns.map((name) => [name, sql.ref(`excluded.${name}`)]));
  await scoped
    .insertInto('delivery')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['order_id', 'parcel_id']).doUpdateSet(update))
    .execute();
}

type Earlier = { checked_at: Date | null; problem: string | null };
const keyOf = (orderId: string, id: string) => `${orderId} ${id}`;

async function toldBefore(scoped: ScopedDb, orders: readonly string[]): Promise<ReadonlyMap<string, Earlier>> {
  const rows = await scoped
    .selectFrom('delivery')
    .select(['delivery.order_id', 'delivery.parcel_id', 'checked_at', 'problem'])
    .where(sql<boolean>`delivery.order_id = any(${orders}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [keyOf(row.order_id, row.parcel_id), row]));
}

async function linePartners(scoped: ScopedDb, orders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await scoped
    .selectFrom('order_line')
    .select(['order_line.order_id', 'order_line.id', 'partner_id'])
    .where('order_line.partner_id', 'is not', null)
    .where(sql<boolean>`order_line.order_id = any(${orders}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [keyOf(row.order_id, row.id), row.partner_id as string]));
}

function rowOf(norms: Norms, { parcel, steps, told = {} }: Watched, earlier: Earlier | undefined, partners: string[]) {
  const problem = told.problem === undefined ? (earlier?.problem as Told['problem']) : told.problem;
  const { region, basis, watch } = measure(norms, parcel, steps, problem);
  if (!watch.kind || !watch.at) return null;
  const { mall, carrier, tracking_no, state, waybill_at, shipped_at } = parcel;
  const last = standsAt(steps);
  const line = lineOf({ waybillAt: waybill_at, shippedAt: shipped_at, deliveredAt: null, steps, stuck: false });
  return {
    ...{ mall, carrier, tracking_no, state, waybill_at, shipped_at, region },
    partner_ids: partners,
    last_kind: last?.kind ?? null,
    last_place: last?.place ?? null,
    last_at: last?.at ?? null,
    line: JSON.stringify(line),
    expected_by: watch.expectedBy,
    basis: basis ? JSON.stringify(basis) : null,
    stuck_kind: watch.kind,
    stuck_at: watch.at,
    checked_at: newer(earlier?.checked_at ?? null, told.checkedAt),
    problem: problem ?? null,
  };
}

const newer = (a: Date | null, b: Date | undefined): Date | null => (b && (!a || b > a) ? b : a);

/** The parcel has arrived, or is nobody's concern any more. */
export async function dropDelivery(scoped: ScopedDb, orderId: string, parcelId: string): Promise<void> {
  await scoped
    .deleteFrom('delivery')
    .where('delivery.order_id', '=', orderId)
    .where('delivery.parcel_id', '=', parcelId)
    .execute();
}
