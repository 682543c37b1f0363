import { sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { customers } from '../contract.ts';
import { levelOf } from './conduct-store.ts';
import { groupOf } from './customer-group.ts';
import { consentsOf, identitiesOf, mergesInto } from './customer-parts.ts';
import { CUSTOMER_COLUMNS, customerRow } from './customer-store.ts';

/**
 * A customer with the number of its orders, tickets and calls within the caller's scope; one that was merged is told as
 * the customer that it is part of.
 */
export const getCustomer = handle(customers.operations.get, async (ctx, { id }) => {
  const group = await groupOf(ctx, id);
  if (group.length === 0) return notFound();
  const [rows, identities, consents, merged, conduct] = await Promise.all([
    rowsOf(ctx, group),
    identitiesOf(ctx, group),
    consentsOf(ctx, group),
    mergesInto(ctx, group),
    levelOf(ctx, group),
  ]);
  const row = rows.find((one) => one.id === group[0]);
  if (!row) return notFound();
  const sum = (count: 'orders' | 'tickets' | 'open_tickets' | 'calls' | 'points_krw') =>
    rows.reduce((total, one) => total + one[count], 0);
  return {
    ...customerRow({ ...row, malls: [...new Set(rows.flatMap(({ malls }) => malls))] }),
    ageBand: ageBand(row.birth_year, ctx.now),
    points: sum('points_krw'),
    postcode: row.postcode,
    address: row.address,
    identities: [...rows.filter((one) => one.id !== row.id).flatMap(ownIdentities), ...identities],
    consents,
    merged,
    conduct,
    memo: rows.flatMap(({ memo }) => memo ?? []).join('\n') || null,
    counts: { orders: sum('orders'), tickets: sum('tickets'), openTickets: sum('open_tickets'), calls: sum('calls') },
    version: row.version,
  };
});

const rowsOf = (ctx: QueryContext, group: readonly string[]) =>
  ctx.scoped
    .selectFrom('customer')
    .select([...CUSTOMER_COLUMNS, 'birth_year', 'points_krw', 'postcode', 'address', 'memo', 'customer.version'])
    .select([
      countOf('sales_order', ctx.scoped.where('sales_order')).as('orders'),
      countOf('ticket', ctx.scoped.where('ticket')).as('tickets'),
      countOf('ticket', sql`${ctx.scoped.where('ticket')} and ticket.status <> 'solved'`).as('open_tickets'),
      countOf('phone_call', ctx.scoped.where('phone_call')).as('calls'),
    ])
    .where('customer.id', 'in', group)
    .execute();

type Identity = Output<typeof customers.operations.get>['identities'][number];

/** Phone and e-mail of a customer that was merged: further ones of who it is part of. */
function ownIdentities(row: { id: string; phone: string | null; email: string | null; created_at: Date }): Identity[] {
  const base = { id: row.id, source: '', account: null, addedAt: row.created_at };
  return [
    ...(row.phone ? [{ ...base, kind: 'phone' as const, phone: row.phone, email: null }] : []),
    ...(row.email ? [{ ...base, kind: 'email' as const, phone: null, email: row.email }] : []),
  ];
}

/** Rows of another room's table that belong to the customer: its table, not its code, since that room comes later. */
const countOf = (table: string, condition: unknown) =>
  sql<number>`(select count(*)::int from ${sql.table(table)} where customer_id = customer.id and ${condition})`;

/** `30대` from the year of birth, by Korean calendar years. */
function ageBand(birthYear: number | null, now: Date): string | null {
  if (birthYear === null) return null;
  return `${Math.floor((now.getUTCFullYear() - birthYear) / 10) * 10}대`;
}
