import { sql } from 'kysely';
import { ofCustomer } from '#customers/server/read.ts';
import type { QueryContext } from '#platform/context.ts';
import { before } from '#platform/keyset-sql.ts';
import { intervalOf } from '#platform/period.ts';
import type { CursorValues } from '#platform/search-sql.ts';
import { ORDER_COLUMNS, seesMoney } from './order-row.ts';

export const NEWEST_FIRST = ['sales_order.ordered_at', 'sales_order.id'];

export type Filters = {
  mall?: string | undefined;
  stage?: string | undefined;
  customer?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Orders within the caller's scope that pass the filters, newest first, after the cursor. */
export function ordersThat(ctx: QueryContext, filters: Filters, seen: CursorValues | null) {
  let rows = ctx.scoped
    .selectFrom('sales_order')
    .select([...ORDER_COLUMNS, 'sales_order.search_text'])
    .select(seesMoney(ctx.actor) ? sql<string | null>`null`.as('own_summary') : ownSummary(ctx).as('own_summary'))
    .orderBy('sales_order.ordered_at', 'desc')
    .orderBy('sales_order.id', 'desc');
  const { from, until } = intervalOf(filters);
  if (filters.mall) rows = rows.where('sales_order.mall', '=', filters.mall);
  if (filters.stage) rows = rows.where('sales_order.stage', '=', filters.stage);
  if (filters.customer) rows = rows.where(ofCustomer('sales_order.customer_id', filters.customer));
  if (from) rows = rows.where('sales_order.ordered_at', '>=', from);
  if (until) rows = rows.where('sales_order.ordered_at', '<', until);
  return seen ? rows.where(before(NEWEST_FIRST, seen)) : rows;
}

/** What the caller's own lines of an order are: the order's own summary may name goods of another partner. */
const ownSummary = ({ scoped }: QueryContext) => sql<string | null>`(
  select min(line.name) || case when count(*) > 1 then ' 외 ' || count(*) - 1 || '건' else '' end
  from order_line as line where line.order_id = sales_order.id and ${scoped.where('order_line', 'line')})`;
