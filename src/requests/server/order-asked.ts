import type { QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import type { requests } from '../contract.ts';
import { mayShowRecipient, parcelsOf } from '../rules/recipient.ts';

type OrderAsked = NonNullable<Output<typeof requests.operations.get>['orderAsked']>;

/** An order within the caller's scope, with its lines and parcels there: a partner's are its own. */
export async function orderWithin({ scoped }: Pick<QueryContext, 'scoped'>, orderId: string) {
  const order = await scoped
    .selectFrom('sales_order')
    .select(['sales_order.id', 'mall', 'mall_order_no', 'ordered_at', 'stage', 'receiver_name', 'receiver_phone'])
    .select(['receiver_phone2', 'receiver_postcode', 'receiver_address', 'receiver_memo'])
    .where('sales_order.id', '=', orderId)
    .executeTakeFirst();
  if (!order) return null;
  const [lines, parcels] = await Promise.all([
    scoped
      .selectFrom('order_line')
      .select(['order_line.id', 'name', 'option_text', 'sku', 'qty', 'product_id'])
      .where('order_line.order_id', '=', orderId)
      .orderBy('order_line.id')
      .execute(),
    scoped
      .selectFrom('parcel')
      .select(['parcel.id', 'carrier', 'tracking_no', 'state', 'shipped_at', 'delivered_at', 'units'])
      .where('parcel.order_id', '=', orderId)
      .orderBy('parcel.id')
      .execute(),
  ]);
  const held = parcelsOf(lines, parcels);
  return { ...order, lines, parcels: held, toDeliver: mayShowRecipient(order.stage, lines, held) };
}
type Within = NonNullable<Awaited<ReturnType<typeof orderWithin>>>;

export const orderAsked = (order: Within, asked: readonly string[]): OrderAsked => ({
  id: order.id,
  mallOrderNo: order.mall_order_no,
  orderedAt: order.ordered_at,
  stage: order.stage,
  lines: order.lines.map((line) => ({
    id: line.id,
    name: line.name,
    option: line.option_text,
    sku: line.sku,
    qty: line.qty,
    asked: asked.includes(line.id),
  })),
  parcels: order.parcels.map((parcel) => ({
    id: parcel.id,
    carrier: parcel.carrier,
    trackingNo: parcel.tracking_no,
    state: parcel.state,
    shippedAt: parcel.shipped_at,
    deliveredAt: parcel.delivered_at,
  })),
  receiver: { name: order.receiver_name, phone: order.receiver_phone, address: order.receiver_address },
  toDeliver: order.toDeliver,
});
