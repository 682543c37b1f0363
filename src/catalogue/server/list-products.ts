import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after } from '#platform/keyset-sql.ts';
import { searchQuery } from '#platform/search.ts';
import { type CursorValues, candidates, searchPage } from '#platform/search-sql.ts';
import { catalogue } from '../contract.ts';
import { PRODUCT_COLUMNS, productRow } from './product-row.ts';

const ORDER = ['product.name', 'product.id'];

/** Products by name. `q` finds any part of a name or SKU. */
export const listProducts = handle(catalogue.operations.listProducts, async (ctx, input) => {
  let rows = ctx.scoped
    .selectFrom('product')
    .leftJoin('partner', 'partner.id', 'product.partner_id')
    .select([...PRODUCT_COLUMNS, 'product.search_text'])
    .orderBy('product.name')
    .orderBy('product.id');
  if (input.partner) rows = rows.where('product.partner_id', '=', input.partner);
  if (input.group) rows = rows.where('product.product_group', '=', input.group);
  if (input.inventoryType) rows = rows.where('product.inventory_type', '=', input.inventoryType);
  if (input.status) rows = rows.where('product.status', '=', input.status);
  const from = cursorValues(input.cursor, 2);
  const key = (row: { name: string; id: string }) => [row.name, row.id];
  if (input.q === undefined) {
    const page = from ? rows.where(after(ORDER, from)) : rows;
    return pageOf(await page.limit(input.limit + 1).execute(), input.limit, productRow, key);
  }
  const query = searchQuery(input.q);
  if (!query) return { items: [], next: null };
  const found = rows.where(candidates('product', query.tsquery));
  return searchPage({
    query,
    limit: input.limit,
    from,
    batch: (seen: CursorValues | null, size: number) =>
      (seen ? found.where(after(ORDER, seen)) : found).limit(size).execute(),
    key,
    item: productRow,
  });
});
