import { sql } from 'kysely';
import { type CommandContext, handle, type QueryContext } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { identityKey } from '../rules/identities.ts';
import { CUSTOMER_COLUMNS } from './customer-store.ts';

/** What a merge of two customers would put together, and what speaks for and against their being one. */
export const previewMerge = handle(customers.operations.previewMerge, async (ctx, { from, into }) => {
  if (from === into) return refuse('same_customer', {});
  const rows = await sidesOf(ctx, [from, into]);
  const [gone, stays] = [rows.find(({ id }) => id === from), rows.find(({ id }) => id === into)];
  if (!gone || !stays) return notFound();
  if (gone.merged_into || stays.merged_into) return refuse('merge_moved', {});
  const { agrees, differs } = comparison(gone, stays);
  return { from: sideOf(gone), into: sideOf(stays), agrees, differs };
});

/**
 * Merges: `from` stands for `into` from now on, with all that was merged into it before. No order, ticket or call
 * moves: they keep the customer under whom they came in, and are found through both.
 */
export const mergeCustomers = handle(customers.operations.merge, async (ctx, { from, into, reason }) => {
  if (from === into) return refuse('same_customer', {});
  const rows = await lockBoth(ctx, from, into);
  const [gone, stays] = [rows.find(({ id }) => id === from), rows.find(({ id }) => id === into)];
  if (!gone || !stays) return notFound();
  if (gone.merged_into || stays.merged_into) return refuse('merge_moved', {});
  const merge = newId();
  const by = { by_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, by_name: ctx.actor.name };
  await ctx.scoped
    .insertInto('customer_merge')
    .values({ id: merge, from_id: from, into_id: into, reason, ...by, at: ctx.now })
    .execute();
  await ctx.scoped
    .updateTable('customer')
    .set({ merged_into: into, updated_at: ctx.now })
    .where(({ or, eb }) => or([eb('customer.id', '=', from), eb('customer.merged_into', '=', from)]))
    .execute();
  const malls = [...new Set([...gone.malls, ...stays.malls])];
  ctx.record('customers.merged', into, { after: { from, into, reason }, scope: { malls }, data: { from, into } });
  return { merge };
});

/** Takes a merge back: `from` and what had been merged into it before stand for themselves again, exactly as they did. */
export const unmergeCustomers = handle(customers.operations.unmerge, async (ctx, { merge, reason }) => {
  const made = await ctx.scoped
    .selectFrom('customer_merge')
    .select(['from_id', 'into_id', 'undone_at'])
    .where('customer_merge.id', '=', merge)
    .executeTakeFirst();
  if (!made) return notFound();
  const { from_id: from, into_id: into } = made;
  const rows = await lockBoth(ctx, from, into);
  const gone = rows.find(({ id }) => id === from);
  if (made.undone_at || !gone?.merged_into) return refuse('merge_moved', {});
  await ctx.scoped
    .updateTable('customer_merge')
    .set({ undone_at: ctx.now, undone_by_name: ctx.actor.name })
    .where('customer_merge.id', '=', merge)
    .execute();
  await sql`
    with recursive below as (
      select from_id as id from customer_merge where into_id = ${from} and undone_at is null
      union select m.from_id from customer_merge m join below on m.into_id = below.id where m.undone_at is null)
    update customer set merged_into = case when id = ${from} then null else ${from}::uuid end, updated_at = ${ctx.now}
    where id = ${from} or id in (select id from below)`.execute(ctx.db);
  const malls = [...new Set(rows.flatMap((row) => row.malls))];
  ctx.record('customers.unmerged', into, {
    ...{ before: { from, into }, after: { reason }, scope: { malls }, data: { from, into } },
  });
  return { from, into };
});

/** Both rows, locked in one order, so that two merges at once follow each other. */
const lockBoth = (ctx: CommandContext, from: string, into: string) =>
  ctx.scoped
    .selectFrom('customer')
    .select(['customer.id', 'customer.merged_into', 'customer.malls'])
    .where('customer.id', 'in', [from, into])
    .orderBy('customer.id')
    .forUpdate()
    .execute();

type Side = Awaited<ReturnType<typeof sidesOf>>[number];

const countOf = (ctx: QueryContext, table: 'sales_order' | 'ticket' | 'phone_call') =>
  sql<number>`(select count(*)::int from ${sql.table(table)} where customer_id in (
    select c.id from customer c where c.id = customer.id or c.merged_into = customer.id) and ${ctx.scoped.where(table)})`;

const sidesOf = (ctx: QueryContext, ids: readonly string[]) =>
  ctx.scoped
    .selectFrom('customer')
    .select([...CUSTOMER_COLUMNS, 'points_krw', 'memo', 'customer.merged_into'])
    .select([
      countOf(ctx, 'sales_order').as('orders'),
      countOf(ctx, 'ticket').as('tickets'),
      countOf(ctx, 'phone_call').as('calls'),
      sql<number>`(select count(*)::int from customer_identity i where i.customer_id = customer.id)`.as('identities'),
    ])
    .where('customer.id', 'in', ids)
    .execute();

const sideOf = ({ id, name, phone, email, malls, memo, orders, tickets, calls, identities, ...row }: Side) => ({
  ...{ id, name, phone, email, malls, memo, orders, tickets, calls, identities },
  ...{ points: row.points_krw, createdAt: row.created_at },
});

/** What two customers have in common and what differs; what one of them lacks is neither. */
function comparison(a: Side, b: Side) {
  const pairs = [
    ['name', a.name, b.name],
    ['phone', identityKey('phone', a.phone ?? ''), identityKey('phone', b.phone ?? '')],
    ['email', a.email, b.email],
  ] as const;
  const told = pairs.filter(([, one, other]) => one !== null && other !== null);
  const names = (same: boolean) => told.filter(([, one, other]) => (one === other) === same).map(([field]) => field);
  return { agrees: names(true), differs: names(false) };
}
