import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import type { CursorValues } from '#platform/search-sql.ts';
import { orders } from '../contract.ts';
import { type Filters, ordersThat } from './order-query.ts';
import { orderRow, seesMoney } from './order-row.ts';
import { asSeen } from './partner-view.ts';

export const listOrders = handle(orders.operations.list, async (ctx, { limit, cursor, ...filters }) => {
  const rows = await listedOrders(ctx, filters, cursorValues(cursor, 2), limit);
  const money = seesMoney(ctx.actor);
  return pageOf(
    rows,
    limit,
    (row) => orderRow(row, money),
    (row) => [row.ordered_at, row.id],
  );
});

/** One row more than `limit`, if there are so many. A partner's stage is no column: its rows are read until the page is full. */
export async function listedOrders(ctx: QueryContext, filters: Filters, seen: CursorValues | null, limit: number) {
  const all = (after: CursorValues | null, size: number, { stage, ...rest }: Filters) =>
    ordersThat(ctx, { ...rest, stage }, after)
      .limit(size)
      .execute();
  if (seesMoney(ctx.actor)) return all(seen, limit + 1, filters);
  const { stage, ...rest } = filters;
  const size = stage ? 500 : limit + 1;
  const rows: Awaited<ReturnType<typeof all>> = [];
  for (let after = seen; ; ) {
    const batch = await all(after, size, rest);
    rows.push(...(await asSeen(ctx, batch)).filter((row) => !stage || row.stage === stage));
    const last = batch.at(-1);
    if (!last || rows.length > limit || batch.length < size) return rows.slice(0, limit + 1);
    after = [last.ordered_at.toISOString(), last.id];
  }
}
