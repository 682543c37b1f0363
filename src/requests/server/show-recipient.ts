import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { orderWithin } from './order-asked.ts';

/** Shows a partner who gets its goods, while some are to be delivered. Who looked is the command's audit record. */
export const showRecipient = handle(requests.operations.showRecipient, async (ctx, { order: orderId }) => {
  const order = await orderWithin(ctx, orderId);
  if (!order) return notFound();
  if (!order.toDeliver) return refuse('nothing_to_deliver', {});
  const partner = ctx.actor.grants.flatMap(({ partners }) => partners ?? [])[0] ?? null;
  ctx.record('requests.recipient_shown', orderId, { scope: { mall: order.mall, partner } });
  return {
    name: order.receiver_name,
    phone: order.receiver_phone,
    phone2: order.receiver_phone2,
    postcode: order.receiver_postcode,
    address: order.receiver_address,
    memo: order.receiver_memo,
  };
});
