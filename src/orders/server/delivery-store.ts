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

export async function loadSteps(scoped: ScopedDb, orderId: string, parcelId?: string) {
  let rows = scoped
    .selectFrom('tracking_step')
    .select(['parcel_id', 'seq', 'kind', 'at', 'place', 'note'])
    .where('tracking_step.order_id', '=', orderId)
    .orderBy('at')
    .orderBy('seq');
  if (parcelId !== undefined) rows = rows.where('tracking_step.parcel_id', '=', parcelId);
  const steps = await rows.execute();
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

/**
 * Writes the row of a parcel that has not arrived, from its facts and steps. The order's row must be locked, or the
 * steps may be older than those of somebody else.
 */
export async function keepDelivery(
  scoped: ScopedDb,
  norms: Norms,
  parcel: ParcelFacts,
  steps: readonly Step[],
  told: Told = {},
): Promise<void> {
  const before = await scoped
    .selectFrom('delivery')
    .select(['checked_at', 'problem'])
    .where('delivery.order_id', '=', parcel.order_id)
    .where('delivery.parcel_id', '=', parcel.parcel_id)
    .executeTakeFirst();
  const problem = told.problem === undefined ? (before?.problem as Told['problem']) : told.problem;
  const { region, basis, watch } = measure(norms, parcel, steps, problem);
  if (!watch.kind || !watch.at) return dropDelivery(scoped, parcel.order_id, parcel.parcel_id);
  const { waybill_at: waybillAt, shipped_at: shippedAt } = parcel;
  const last = standsAt(steps);
  const row = {
    mall: parcel.mall,
    partner_ids: await partnersOf(scoped, parcel),
    carrier: parcel.carrier,
    tracking_no: parcel.tracking_no,
    region,
    state: parcel.state,
    waybill_at: waybillAt,
    shipped_at: shippedAt,
    last_kind: last?.kind ?? null,
    last_place: last?.place ?? null,
    last_at: last?.at ?? null,
    line: JSON.stringify(lineOf({ waybillAt, shippedAt, deliveredAt: null, steps, stuck: false })),
    expected_by: watch.expectedBy,
    basis: basis ? JSON.stringify(basis) : null,
    stuck_kind: watch.kind,
    stuck_at: watch.at,
    checked_at: newer(before?.checked_at ?? null, told.checkedAt),
    problem: problem ?? null,
  };
  await scoped
    .insertInto('delivery')
    .values({ order_id: parcel.order_id, parcel_id: parcel.parcel_id, ...row })
    .onConflict((conflict) => conflict.columns(['order_id', 'parcel_id']).doUpdateSet(row))
    .execute();
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

async function partnersOf(scoped: ScopedDb, parcel: ParcelFacts): Promise<string[]> {
  const lines = parcel.units.map(({ line }) => line);
  const rows = await scoped
    .selectFrom('order_line')
    .select('partner_id')
    .distinct()
    .where('order_line.order_id', '=', parcel.order_id)
    .where('order_line.partner_id', 'is not', null)
    .where(sql<boolean>`order_line.id = any(${lines})`)
    .execute();
  return rows.flatMap(({ partner_id }) => partner_id ?? []);
}
