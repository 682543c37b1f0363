import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';

/** What a tracker newly says of a parcel: null where it says nothing new. */
export type NewFacts = { shippedAt: Date | null; deliveredAt: Date | null; returned: boolean };

/**
 * Facts of T0 that a tracker found: the first scan (parcel.shipped), the delivery (parcel.delivered), a parcel that came
 * back. The one place through which tracking changes an order; its row is locked.
 */
export async function recordParcelFacts(
  ctx: CommandContext,
  order: { id: string; mall: string },
  parcelId: string,
  facts: NewFacts,
): Promise<void> {
  const { shippedAt, deliveredAt, returned } = facts;
  const state = deliveredAt ? 'DELIVERED' : returned ? 'RETURNED_TO_SENDER' : 'SHIPPED';
  await ctx.scoped
    .updateTable('parcel')
    .set({
      state,
      ...(shippedAt
        ? { shipped_at: shippedAt, prepared_at: sql`coalesce(prepared_at, waybill_at, ${shippedAt})` }
        : {}),
      ...(deliveredAt ? { delivered_at: deliveredAt } : {}),
    })
    .where('parcel.order_id', '=', order.id)
    .where('parcel.id', '=', parcelId)
    .execute();
  await ctx.scoped
    .updateTable('sales_order')
    .set({ stage: stageNow(), version: sql`version + 1`, updated_at: ctx.now })
    .where('sales_order.id', '=', order.id)
    .execute();
  const scope = { mall: order.mall };
  if (shippedAt) ctx.record('orders.parcelShipped', order.id, { scope, data: { parcel: parcelId } });
  if (deliveredAt) ctx.record('orders.parcelDelivered', order.id, { scope, data: { parcel: parcelId } });
  if (returned) ctx.record('orders.parcelReturned', order.id, { scope, data: { parcel: parcelId } });
}

/** An order is as far as its least advanced parcel; what is cancelled, unpaid or confirmed stays. */
const stageNow = () => sql<string>`
  case when stage not in ('PAID', 'PREPARING', 'SHIPPED') then stage
    when (select bool_and(delivered_at is not null) from parcel where order_id = sales_order.id) then 'DELIVERED'
    when (select bool_and(shipped_at is not null) from parcel where order_id = sales_order.id) then 'SHIPPED'
    else 'PREPARING' end`;
