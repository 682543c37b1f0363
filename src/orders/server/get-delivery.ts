import { handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { trackingPage } from '../rules/delivery/carriers.ts';
import { lineOf } from '../rules/delivery/line.ts';
import { type Step, standsAt } from '../rules/delivery/steps.ts';
import { type Norms, transitHours } from '../rules/delivery/transit.ts';
import { loadNorms, normsUpTo } from './delivery-norms.ts';
import { partnerNames, partnersFrom, stuckNow, weekdayOf } from './delivery-row.ts';
import { loadSteps, measure } from './delivery-store.ts';

type Item = Output<typeof orders.operations.getDelivery>['parcels'][number];

/** The parcels of an order against what is normal; a partner sees those that hold its lines. */
export const getDelivery = handle(orders.operations.getDelivery, async (ctx, { order: id }) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select(['id', 'mall', 'customer_id', 'receiver_address', 'receiver_postcode'])
    .where('sales_order.id', '=', id)
    .executeTakeFirst();
  if (!order) return notFound();
  const [parcels, steps, told, upTo] = await Promise.all([
    ctx.scoped.selectFrom('parcel').selectAll().where('parcel.order_id', '=', id).orderBy('parcel.id').execute(),
    loadSteps(ctx.scoped, id),
    ctx.scoped.selectFrom('delivery').selectAll().where('delivery.order_id', '=', id).execute(),
    normsUpTo(ctx.db),
  ]);
  const partners = await linePartners(ctx, id);
  const norms = await loadNorms(ctx.db, [...new Set(parcels.flatMap(({ carrier }) => carrier ?? []))]);
  const names = await partnerNames(ctx, [...new Set([...partners.values()].flatMap((partner) => partner ?? []))]);
  const items = parcels.flatMap((parcel): Item[] => {
    const lines = (parcel.units as { line: string }[]).map(({ line }) => line).filter((line) => partners.has(line));
    if (lines.length === 0) return [];
    const own = steps.filter((step) => step.parcel_id === parcel.id);
    const tracked = told.find((row) => row.parcel_id === parcel.id);
    const item = itemOf({ parcel, order, steps: own, tracked }, norms, ctx.now);
    const ids = [...new Set(lines.flatMap((line) => partners.get(line) ?? []))];
    return [{ ...item, partners: partnersFrom(ids, names) }];
  });
  return { parcels: items, upTo };
});

/** Lines that the caller sees, with their partner. */
async function linePartners(ctx: QueryContext, orderId: string): Promise<ReadonlyMap<string, string | null>> {
  const rows = await ctx.scoped
    .selectFrom('order_line')
    .select(['order_line.id', 'partner_id'])
    .where('order_line.order_id', '=', orderId)
    .execute();
  return new Map(rows.map(({ id, partner_id }) => [id, partner_id]));
}

type Shown = {
  order: { id: string; mall: string; customer_id: string | null } & Address;
  parcel: Parcel;
  steps: readonly Step[];
  tracked: { checked_at: Date | null; problem: string | null } | undefined;
};
type Address = { receiver_address: string | null; receiver_postcode: string | null };
type Parcel = {
  id: string;
  carrier: string | null;
  tracking_no: string | null;
  state: string;
  units: unknown;
  waybill_at: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
};

function itemOf({ order, parcel, steps, tracked }: Shown, norms: Norms, now: Date): Omit<Item, 'partners'> {
  const { carrier, tracking_no: trackingNo, shipped_at: shippedAt, delivered_at: deliveredAt } = parcel;
  const problem = (tracked?.problem ?? null) as Item['problem'];
  const facts = { ...parcel, ...order, order_id: order.id, parcel_id: parcel.id, units: [] };
  const { region, basis, watch } = measure(
    norms,
    { ...facts, carrier: carrier ?? '', tracking_no: trackingNo ?? '' },
    steps,
    problem,
  );
  const open = trackingNo !== null && !deliveredAt;
  const stuck = open && watch.kind && watch.at ? stuckNow(watch.kind, watch.at, now) : null;
  const last = standsAt(steps);
  return {
    order: order.id,
    parcel: parcel.id,
    customer: order.customer_id,
    ...{ carrier, trackingNo, region, basis, stuck, deliveredAt, problem },
    weekday: weekdayOf(shippedAt),
    line: lineOf({ waybillAt: parcel.waybill_at, shippedAt, deliveredAt, steps, stuck: stuck !== null }),
    last: last ? { kind: last.kind, at: last.at, place: last.place } : null,
    expectedBy: open ? watch.expectedBy : null,
    checkedAt: tracked?.checked_at ?? null,
    page: carrier && trackingNo ? trackingPage(carrier, trackingNo) : null,
    tookHours: shippedAt ? transitHours(shippedAt, deliveredAt) : null,
  };
}
