import { wayAt } from '#malls/server/read.ts';
import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { letsLeave } from '../rules/held.ts';

/** The page of the mall's admin for one order and verb; that somebody opened it is in the audit. Not to ship what is held. */
export const openAdmin = handle(orders.operations.openAdmin, async (ctx, { order: id, verb }) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select(['sales_order.mall', 'sales_order.mall_order_no', 'sales_order.hold_reason'])
    .where('sales_order.id', '=', id)
    .executeTakeFirst();
  if (!order) return notFound();
  if (order.hold_reason !== null && letsLeave(verb)) return refuse('on_hold', { reason: order.hold_reason });
  const way = await wayAt(ctx.db, order.mall, verb, order.mall_order_no);
  const url = way?.url ?? null;
  ctx.record('orders.admin_opened', id, { after: { verb, mall: order.mall, url }, scope: { mall: order.mall } });
  return { url };
});
