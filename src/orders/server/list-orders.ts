import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { orders } from '../contract.ts';
import { ordersThat } from './order-query.ts';
import { orderRow, seesMoney } from './order-row.ts';

export const listOrders = handle(orders.operations.list, async (ctx, { limit, cursor, ...filters }) => {
  const rows = await ordersThat(ctx, filters, cursorValues(cursor, 2))
    .limit(limit + 1)
    .execute();
  const money = seesMoney(ctx.actor);
  return pageOf(
    rows,
    limit,
    (row) => orderRow(row, money),
    (row) => [row.ordered_at, row.id],
  );
});
