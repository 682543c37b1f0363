import { type Expression, type SqlBool, sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { customers } from '../contract.ts';
import { groupOf } from './customer-group.ts';

type Entry = Output<typeof customers.operations.timeline>['items'][number];

/** Every contact and order of a customer, newest first, each branch by its own index. */
export const customerTimeline = handle(customers.operations.timeline, async (ctx, { id, limit, cursor }) => {
  const group = await groupOf(ctx, id);
  if (group.length === 0) return notFound();
  const from = cursorValues(cursor, 2);
  const after = (column: string, key: string) => (from ? before([column, key], from) : sql<SqlBool>`true`);
  const part: Part = { group, limit: limit + 1, after };
  const found = (
    await Promise.all([ordersOf(ctx, part).execute(), ticketsOf(ctx, part).execute(), callsOf(ctx, part).execute()])
  ).flat();
  found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  return pageOf(
    found,
    limit,
    (row) => ({ ...row, kind: row.kind as Entry['kind'] }),
    (row) => [row.at, row.id],
  );
});

/** Of whom, how many, and from where on. */
type Part = { group: readonly string[]; limit: number; after: (column: string, key: string) => Expression<SqlBool> };

function ordersOf(ctx: QueryContext, { group, limit, after }: Part) {
  return ctx.scoped
    .selectFrom('sales_order')
    .select(['sales_order.id', 'ordered_at as at', 'mall', 'summary as title', 'stage as state', 'total_krw as total'])
    .select([sql<string>`'order'`.as('kind'), sql<string | null>`null::text`.as('channel')])
    .where('customer_id', 'in', group)
    .where(after('ordered_at', 'sales_order.id'))
    .orderBy('ordered_at', 'desc')
    .orderBy('sales_order.id', 'desc')
    .limit(limit);
}

function ticketsOf(ctx: QueryContext, { group, limit, after }: Part) {
  return ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'created_at as at', 'mall', 'subject as title', 'status as state', 'channel'])
    .select([sql<string>`'ticket'`.as('kind'), sql<number | null>`null::bigint`.as('total')])
    .where('customer_id', 'in', group)
    .where(after('created_at', 'ticket.id'))
    .orderBy('created_at', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(limit);
}

function callsOf(ctx: QueryContext, { group, limit, after }: Part) {
  return ctx.scoped
    .selectFrom('phone_call')
    .select(['phone_call.id', 'offered_at as at', 'mall', 'line as title', 'outcome as state', 'direction as channel'])
    .select([sql<string>`'call'`.as('kind'), sql<number | null>`null::bigint`.as('total')])
    .where('customer_id', 'in', group)
    .where(after('offered_at', 'phone_call.id'))
    .orderBy('offered_at', 'desc')
    .orderBy('phone_call.id', 'desc')
    .limit(limit);
}
