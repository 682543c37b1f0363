import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { type Facts, factsOf, newSteps, type Step, type TrackEvent } from '../rules/delivery/steps.ts';
import { loadNorms } from './delivery-norms.ts';
import { dropDelivery, keepDeliveries, loadSteps, type ParcelFacts } from './delivery-store.ts';
import { recordParcelFacts } from './record-parcel-facts.ts';

type Told = Input<typeof orders.operations.recordTracking>;
const NOTHING = { known: false, recorded: 0, shippedAt: null, deliveredAt: null };

/**
 * What a tracker says of a parcel. Idempotent: events that are known already, in whatever order they come, change
 * nothing but the age of the data. The first scan is the dispatch, whatever the waybill says.
 */
export const recordTracking = handle(orders.operations.recordTracking, async (ctx, input) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select(['id', 'mall', 'ordered_at', 'stage', 'receiver_address', 'receiver_postcode'])
    .where('sales_order.id', '=', input.order)
    .forUpdate()
    .executeTakeFirst();
  if (!order) return notFound();
  const parcel = await ctx.scoped
    .selectFrom('parcel')
    .selectAll()
    .where('parcel.order_id', '=', order.id)
    .where('parcel.id', '=', input.parcel)
    .executeTakeFirst();
  if (!parcel?.carrier || !parcel.tracking_no) return NOTHING;
  const asOf = new Date(input.asOf);
  const known = await loadSteps(ctx.scoped, order.id, parcel.id);
  const fresh = newSteps(known, eventsOf(input), { seenAt: asOf, notBefore: order.ordered_at });
  await addSteps(ctx, order.id, parcel.id, known, fresh);
  const steps = [...known, ...fresh];
  const now = await applyFacts(ctx, order, parcel, factsOf(steps));
  const tracked = { ...parcel, carrier: parcel.carrier, tracking_no: parcel.tracking_no, state: now.state };
  if (now.deliveredAt || order.stage === 'CANCELLED') await dropDelivery(ctx.scoped, order.id, parcel.id);
  else {
    const open = { ...tracked, ...order, order_id: order.id, parcel_id: parcel.id, shipped_at: now.shippedAt };
    const norms = await loadNorms(ctx.db, [parcel.carrier]);
    const told = { checkedAt: asOf, problem: input.problem ?? null };
    const units = parcel.units as ParcelFacts['units'];
    await keepDeliveries(ctx.scoped, norms, [{ parcel: { ...open, units }, steps, told }]);
  }
  if (fresh.length > 0)
    ctx.record('orders.tracked', order.id, { scope: { mall: order.mall }, data: { parcel: parcel.id } });
  return { known: true, recorded: fresh.length, shippedAt: now.shippedAt, deliveredAt: now.deliveredAt };
});

type Parcel = { id: string; state: string; shipped_at: Date | null; delivered_at: Date | null };

/** Tells the order what the steps newly say of the parcel; answers how it stands then. */
async function applyFacts(
  ctx: CommandContext,
  order: { id: string; mall: string },
  parcel: Parcel,
  facts: Facts,
): Promise<{ shippedAt: Date | null; deliveredAt: Date | null; state: string }> {
  const news = {
    shippedAt: parcel.shipped_at ? null : facts.shippedAt,
    deliveredAt: parcel.delivered_at ? null : facts.deliveredAt,
    returned: facts.returned && !parcel.delivered_at && parcel.state !== 'RETURNED_TO_SENDER',
  };
  const any = news.shippedAt || news.deliveredAt || news.returned;
  if (any) await recordParcelFacts(ctx, order, parcel.id, news);
  return {
    shippedAt: parcel.shipped_at ?? facts.shippedAt,
    deliveredAt: parcel.delivered_at ?? facts.deliveredAt,
    state: news.returned ? 'RETURNED_TO_SENDER' : news.shippedAt ? 'SHIPPED' : parcel.state,
  };
}

const eventsOf = ({ events }: Told): TrackEvent[] =>
  events.map((event) => ({ ...event, at: event.at === null ? null : new Date(event.at) }));

async function addSteps(
  ctx: CommandContext,
  orderId: string,
  parcelId: string,
  known: readonly { seq: number }[],
  fresh: readonly Step[],
): Promise<void> {
  if (fresh.length === 0) return;
  const last = known.reduce((most, { seq }) => Math.max(most, seq), 0);
  await ctx.scoped
    .insertInto('tracking_step')
    .values(fresh.map((step, i) => ({ order_id: orderId, parcel_id: parcelId, seq: last + i + 1, ...step })))
    .execute();
}
