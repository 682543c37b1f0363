import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { customers } from '../contract.ts';
import { CUSTOMER_COLUMNS, customerRow } from './customer-store.ts';

/** Newest customers first. */
export const listCustomers = handle(customers.operations.list, async (ctx, { grade, mall, limit, cursor }) => {
  let rows = ctx.scoped
    .selectFrom('customer')
    .select(CUSTOMER_COLUMNS)
    .where('customer.merged_into', 'is', null)
    .orderBy('customer.created_at', 'desc')
    .orderBy('customer.id', 'desc');
  if (grade) rows = rows.where('customer.grade', '=', grade);
  if (mall) rows = rows.where(sql<boolean>`${sql.ref('customer.malls')} && ${[mall]}`);
  const from = cursorValues(cursor, 2);
  if (from) rows = rows.where(before(['customer.created_at', 'customer.id'], from));
  return pageOf(await rows.limit(limit + 1).execute(), limit, customerRow, (row) => [row.created_at, row.id]);
});
