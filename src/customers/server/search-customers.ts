import type { RawBuilder, SqlBool } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { searchQuery } from '#platform/search.ts';
import { type CursorValues, newestCandidates, searchBands } from '#platform/search-sql.ts';
import { customers } from '../contract.ts';
import { CUSTOMER_COLUMNS, customerRow } from './customer-store.ts';

/**
 * Finds customers, newest first: those of the order whose number was typed; else by name, initial consonants, phone
 * digits (endings first) or e-mail.
 */
export const searchCustomers = handle(customers.operations.search, async (ctx, { q, limit, cursor }) => {
  const query = searchQuery(q);
  if (!query) return { items: [], next: null };
  const from = cursorValues(cursor, 3);
  if (!from) {
    const found = await byOrderNo(ctx, q, limit);
    if (found.length > 0) return { items: found.map(customerRow), next: null };
  }
  return searchBands({
    query,
    limit,
    from,
    batch: (tsquery: string, seen: CursorValues | null, size: number) =>
      newestCandidates({
        on: { table: 'customer', time: 'created_at' },
        query,
        tsquery,
        seen,
        size,
        read: (found, newest, after, most) => batchOf(ctx, { found, newest }, after, most),
      }),
    key: (row) => [row.created_at, row.id],
    // Found by what it was known by, opened as what it is part of.
    item: (row) => customerRow({ ...row, id: row.merged_into ?? row.id }),
  });
});

function batchOf(
  ctx: QueryContext,
  by: { found: RawBuilder<SqlBool>; newest: RawBuilder<unknown> },
  seen: CursorValues | null,
  size: number,
) {
  let rows = ctx.scoped
    .selectFrom('customer')
    .select([...CUSTOMER_COLUMNS, 'customer.search_text', 'customer.merged_into'])
    .where(by.found)
    .orderBy(by.newest, 'desc')
    .orderBy('customer.id', 'desc')
    .limit(size);
  if (seen) rows = rows.where(before(['customer.created_at', 'customer.id'], seen));
  return rows.execute();
}

/** Customers of the order with exactly this number. Orders come later in the order of rooms: its table, not its code. */
async function byOrderNo(ctx: QueryContext, orderNo: string, limit: number) {
  const orders = await ctx.scoped
    .selectFrom('sales_order')
    .select('sales_order.customer_id')
    .where('sales_order.mall_order_no', '=', orderNo)
    .limit(limit)
    .execute();
  const ids = orders.flatMap((order) => order.customer_id ?? []);
  if (ids.length === 0) return [];
  return ctx.scoped.selectFrom('customer').select(CUSTOMER_COLUMNS).where('customer.id', 'in', ids).execute();
}
