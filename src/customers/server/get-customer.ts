import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { customers } from '../contract.ts';
import { CUSTOMER_COLUMNS, customerRow } from './customer-store.ts';

/** A customer with the number of its orders, tickets and calls within the caller's scope. */
export const getCustomer = handle(customers.operations.get, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('customer')
    .select([...CUSTOMER_COLUMNS, 'birth_year', 'points_krw', 'memo', 'customer.version'])
    .select([
      countOf('sales_order', ctx.scoped.where('sales_order')).as('orders'),
      countOf('ticket', ctx.scoped.where('ticket')).as('tickets'),
      countOf('ticket', sql`${ctx.scoped.where('ticket')} and ticket.status <> 'solved'`).as('open_tickets'),
      countOf('phone_call', ctx.scoped.where('phone_call')).as('calls'),
    ])
    .where('customer.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  return {
    ...customerRow(row),
    ageBand: ageBand(row.birth_year, ctx.now),
    points: row.points_krw,
    memo: row.memo,
    counts: { orders: row.orders, tickets: row.tickets, openTickets: row.open_tickets, calls: row.calls },
    version: row.version,
  };
});

/** Rows of another room's table that belong to the customer: its table, not its code, since that room comes later. */
const countOf = (table: string, condition: unknown) =>
  sql<number>`(select count(*)::int from ${sql.table(table)} where customer_id = customer.id and ${condition})`;

/** `30대` from the year of birth, by Korean calendar years. */
function ageBand(birthYear: number | null, now: Date): string | null {
  if (birthYear === null) return null;
  return `${Math.floor((now.getUTCFullYear() - birthYear) / 10) * 10}대`;
}
