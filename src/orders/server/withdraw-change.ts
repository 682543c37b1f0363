import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { lockChange, scopesOf, standing } from './change-store.ts';

/** Takes back a change that waits for an answer. The order was not changed by it. */
export const withdrawChange = handle(orders.operations.withdrawChange, async (ctx, { change: id }) => {
  const row = await lockChange(ctx, id);
  const order = row && (await orderMall(ctx.scoped, row.order_id));
  if (!row || !order) return notFound();
  const { state } = standing(row);
  if (state !== 'ASKED') return refuse('settled', { state });
  await ctx.scoped
    .updateTable('order_change')
    .set({ state: 'WITHDRAWN', settled_at: ctx.now, settled_by_name: ctx.actor.name })
    .where('order_change.id', '=', id)
    .execute();
  for (const scope of scopesOf(order.mall, row.partner_ids))
    ctx.record('orders.change_withdrawn', row.order_id, {
      before: { state },
      after: { state: 'WITHDRAWN', change: id },
      scope,
      data: { change: id, kind: row.kind, state: 'WITHDRAWN' },
    });
  return { state: 'WITHDRAWN' as const };
});

const orderMall = (scoped: CommandContext['scoped'], id: string) =>
  scoped.selectFrom('sales_order').select('sales_order.mall').where('sales_order.id', '=', id).executeTakeFirst();
