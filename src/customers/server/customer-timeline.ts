import { type SqlBool, sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { customers } from '../contract.ts';

type Entry = Output<typeof customers.operations.timeline>['items'][number];

/** Every contact and order of a customer, newest first, each branch by its own index. */
export const customerTimeline = handle(customers.operations.timeline, async (ctx, { id, limit, cursor }) => {
  const known = await ctx.scoped
    .selectFrom('customer')
    .select('customer.id')
    .where('customer.id', '=', id)
    .executeTakeFirst();
  if (!known) return notFound();
  const from = cursorValues(cursor, 2);
  const after = (column: string, key: string) => (from ? before([column, key], from) : sql<SqlBool>`true`);
  const most = limit + 1;
  const orders = ctx.scoped
    .selectFrom('sales_order')
    .select(['sales_order.id', 'ordered_at as at', 'mall', 'summary as title', 'stage as state', 'total_krw as total'])
    .select([sql<string>`'order'`.as('kind'), sql<string | null>`null::text`.as('channel')])
    .where('customer_id', '=', id)
    .where(after('ordered_at', 'sales_order.id'))
    .orderBy('ordered_at', 'desc')
    .orderBy('sales_order.id', 'desc')
    .limit(most);
  const tickets = ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'created_at as at', 'mall', 'subject as title', 'status as state', 'channel'])
    .select([sql<string>`'ticket'`.as('kind'), sql<number | null>`null::bigint`.as('total')])
    .where('customer_id', '=', id)
    .where(after('created_at', 'ticket.id'))
    .orderBy('created_at', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(most);
  const calls = ctx.scoped
    .selectFrom('phone_call')
    .select(['phone_call.id', 'offered_at as at', 'mall', 'line as title', 'outcome as state', 'direction as channel'])
    .select([sql<string>`'call'`.as('kind'), sql<number | null>`null::bigint`.as('total')])
    .where('customer_id', '=', id)
    .where(after('offered_at', 'phone_call.id'))
    .orderBy('offered_at', 'desc')
    .orderBy('phone_call.id', 'desc')
    .limit(most);
  const found = (await Promise.all([orders.execute(), tickets.execute(), calls.execute()])).flat();
  found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  return pageOf(
    found,
    limit,
    (row) => ({ ...row, kind: row.kind as Entry['kind'] }),
    (row) => [row.at, row.id],
  );
});
