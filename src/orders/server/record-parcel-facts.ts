import type { CommandContext } from '#platform/context.ts';
import type { NewEvent } from '../rules/order-book.ts';
import { moveOrder } from './move-order.ts';

/** What a tracker newly says of a parcel: null where it says nothing new. */
export type NewFacts = { shippedAt: Date | null; deliveredAt: Date | null; returned: boolean };

/**
 * Facts of T0 that a tracker found, as events of the order: the first scan (parcel.shipped), the delivery
 * (parcel.delivered), a parcel that came back. The one place through which tracking changes an order.
 */
export async function recordParcelFacts(
  ctx: CommandContext,
  order: { id: string; mall: string },
  parcelId: string,
  facts: NewFacts,
): Promise<void> {
  const { shippedAt, deliveredAt, returned } = facts;
  const fact = (type: string, at: Date): NewEvent => ({
    type,
    at: at.getTime(),
    payload: { parcel: parcelId },
    personal: null,
  });
  const after = await moveOrder(ctx, order.id, () => [
    ...(shippedAt ? [fact('parcel.shipped', shippedAt)] : []),
    ...(deliveredAt ? [fact('parcel.delivered', deliveredAt)] : []),
    ...(returned ? [fact('parcel.returned', ctx.now)] : []),
  ]);
  const scope = { mall: order.mall };
  if (shippedAt) ctx.record('orders.parcel_shipped', order.id, { scope, data: { parcel: parcelId } });
  if (shippedAt && after?.hold) ctx.record('orders.left_while_held', order.id, { scope, data: { parcel: parcelId } });
  if (deliveredAt) ctx.record('orders.parcel_delivered', order.id, { scope, data: { parcel: parcelId } });
  if (returned) ctx.record('orders.parcel_returned', order.id, { scope, data: { parcel: parcelId } });
}
