import { sql } from 'kysely';
import { type CommandContext, handle, type JobHandler } from '#platform/context.ts';
import { Refusal } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import type { Wish } from '../rules/change-wish.ts';
import { goodsFor } from '../rules/changes.ts';
import { lockChange, scopesOf, standing } from './change-store.ts';
import { lockOrder } from './move-order.ts';

const MOST = 200;

/** Changes that wait for an answer while something of their order has left, or all of it is out. */
const late = sql`from order_change c join sales_order o on o.id = c.order_id
  where c.state = 'ASKED' and (o.stage not in ('UNPAID', 'PAID', 'PREPARING')
    or exists (select 1 from parcel p where p.order_id = o.id and p.shipped_at is not null))`;

/** Goods that have left cannot be changed by a late yes: such a change is refused by itself, and nobody is asked any more. */
export const settleLateChanges = handle(orders.operations.settleLateChanges, async (ctx) => {
  const { rows } = await sql<{ id: string; order_id: string }>`
    select c.id, c.order_id ${late} and ${ctx.scoped.where('sales_order', 'o')} order by c.asked_at limit ${MOST}`.execute(
    ctx.db,
  );
  let settled = 0;
  for (const { id, order_id } of rows) if (await settleOne(ctx, id, order_id)) settled++;
  return { settled };
});

async function settleOne(ctx: CommandContext, id: string, orderId: string): Promise<boolean> {
  const book = await lockOrder(ctx, orderId);
  const row = book && (await lockChange(ctx, id));
  if (!row || standing(row).state !== 'ASKED') return false;
  const goods = goodsFor(book, row.kind as Wish['kind'], row.line_id);
  if (!(goods instanceof Refusal)) return false;
  await ctx.scoped
    .updateTable('order_change')
    .set({ state: 'REFUSED', settled_at: ctx.now, settled_by_name: null })
    .where('order_change.id', '=', id)
    .execute();
  for (const scope of scopesOf(book.order.mall, row.partner_ids))
    ctx.record('orders.change_answered', orderId, {
      before: { state: 'ASKED' },
      after: { state: 'REFUSED', change: id, why: goods.code },
      scope,
      data: { change: id, kind: row.kind, state: 'REFUSED' },
    });
  return true;
}

/** Each minute, when there is something to settle. */
export const settleLateChangesJob: JobHandler = async (ctx) => {
  const { rows } = await sql`select 1 ${late} limit 1`.execute(ctx.db);
  if (rows[0]) await ctx.run(orders.operations.settleLateChanges, {});
};
