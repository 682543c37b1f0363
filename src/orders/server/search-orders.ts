import type { RawBuilder, SqlBool } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorOf, cursorValues, pageOf } from '#platform/keyset.ts';
import { searchQuery } from '#platform/search.ts';
import { type CursorValues, candidates, newestCandidates, searchBands } from '#platform/search-sql.ts';
import { orders } from '../contract.ts';
import { listedOrders } from './list-orders.ts';
import { type Filters, ordersThat } from './order-query.ts';
import { orderRow, seesMoney } from './order-row.ts';
import { asSeen } from './partner-view.ts';

type Terms = { orderNo?: string | undefined; phone?: string | undefined; trackingNo?: string | undefined };

/**
 * Finds orders over all malls. `orderNo`, `phone` and `trackingNo` may each be a part of four or more characters;
 * what is given must all hold.
 */
export const searchOrders = handle(orders.operations.search, async (ctx, input) => {
  const { q, orderNo, phone, trackingNo, limit, cursor, ...filters } = input;
  const terms = { orderNo, phone, trackingNo };
  const money = seesMoney(ctx.actor);
  const from = cursorValues(cursor, 3);
  const typed = q ?? phone ?? trackingNo ?? orderNo;
  if (typed === undefined) {
    const rows = await listedOrders(ctx, filters, from?.slice(1) ?? null, limit);
    return pageOf(
      rows,
      limit,
      (row) => orderRow(row, money),
      (row) => [0, row.ordered_at, row.id],
    );
  }
  const query = searchQuery(typed);
  if (!query) return { items: [], next: null };
  const exact = orderNo && !from ? await byNumber(ctx, filters, terms, limit) : [];
  if (exact.length > 0) {
    const last = exact.length > limit ? exact[limit - 1] : undefined;
    const next = last ? cursorOf([0, last.ordered_at, last.id]) : null;
    return { items: exact.slice(0, limit).map((row) => orderRow(row, money)), next };
  }
  return searchBands({
    query,
    limit,
    from,
    batch: (tsquery: string, seen: CursorValues | null, size: number) =>
      newestCandidates({
        on: { table: 'sales_order', time: 'ordered_at' },
        query,
        tsquery,
        seen,
        size,
        read: (found, newest, after, most) => batchOf(ctx, filters, terms, { found, newest }, after, most),
      }),
    key: (row) => [row.ordered_at, row.id],
    item: (row) => orderRow(row, money),
  });
});

/** The order with exactly this number, in whichever mall. */
async function byNumber(ctx: QueryContext, filters: Filters, { orderNo, ...terms }: Terms, limit: number) {
  const rows = await ordersThat(ctx, { ...filters, stage: undefined }, null)
    .where('sales_order.mall_order_no', '=', orderNo as string)
    .limit(limit + 1)
    .execute();
  const seen = await asSeen(ctx, rows, typedOf(terms));
  return seen.filter(({ stage, search_text }) => (filters.stage ?? stage) === stage && search_text !== '');
}

const typedOf = (terms: Terms): string[] => Object.values(terms).filter((term) => term !== undefined);

async function batchOf(
  ctx: QueryContext,
  filters: Filters,
  terms: Terms,
  by: { found: RawBuilder<SqlBool>; newest: RawBuilder<unknown> },
  seen: CursorValues | null,
  size: number,
) {
  let rows = ordersThat(ctx, seesMoney(ctx.actor) ? filters : { ...filters, stage: undefined }, seen)
    .clearOrderBy()
    .orderBy(by.newest, 'desc')
    .orderBy('sales_order.id', 'desc')
    .where(by.found)
    .limit(size);
  for (const term of Object.values(terms)) {
    const query = term === undefined ? null : searchQuery(term);
    if (query) rows = rows.where(candidates('sales_order', query.tsquery));
  }
  const known = await asSeen(ctx, await rows.execute(), typedOf(terms));
  // Stays in the batch, so that its length still tells whether there is more, and is found by nothing.
  return known.map((row) => (filters.stage && row.stage !== filters.stage ? { ...row, search_text: '' } : row));
}
