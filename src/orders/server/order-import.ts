import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import type { orders } from '../contract.ts';
import { append, replay } from '../rules/evolve.ts';
import { leftToProduct, openBook, orderKey, type Read, readIncoming } from '../rules/incoming.ts';
import { isSameOrder, newsOf } from '../rules/news.ts';
import { adoptOrders } from './adopt-orders.ts';
import { loadEvents, originOf, type Written, writeOrders } from './event-store.ts';
import { resolveCustomers, resolveGoods } from './import-parties.ts';

export type Imported = Output<typeof orders.operations.import>;
type Json = Record<string, unknown>;
type Rejected = Imported['rejected'];

/** One import at a time: two of the same order, customer or product at once would make two. */
const LOCK = 'orders.import';

/**
 * Imports up to 500 orders (Order of api.md) in the caller's transaction; the file import's job calls it batch by batch
 * with `ctx.run(orders.operations.import, {orders}, key)`, the same key for the same batch, so that a batch that was cut
 * off is done once. Idempotent by (mall, mallOrderNo): a known order gets its newer facts as T0 events, else nothing.
 *
 * What is wrong is told by its index and the path of the field (`bad_input`, `sum_mismatch`, `different_order` for
 * another order under a known number ...); the rest is taken.
 */
export async function importOrders(ctx: CommandContext, values: readonly Json[]): Promise<Imported> {
  const { reads, repeated, ...read } = readIncoming(values, await mallsOf(ctx));
  const rejected: Rejected = read.rejected.map(({ index, code, text }) => ({
    index,
    code,
    message: text[ctx.language],
  }));
  await sql`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`.execute(ctx.db);
  const known = await knownOrders(ctx, reads);
  const fresh = reads.filter((read) => !known.has(orderKey(read.order)));
  const created = await openOrders(ctx, fresh);
  const updated = await moveOrders(ctx, reads, known, rejected);
  for (const [event, changed] of [
    ['orders.imported', created],
    ['orders.facts_arrived', updated],
  ] as const)
    tell(ctx, event, changed);
  const told = rejected.toSorted((a, b) => a.index - b.index);
  const unchanged = reads.length + repeated - created.length - updated.length - (told.length - read.rejected.length);
  return { created: created.length, updated: updated.length, unchanged, rejected: told };
}

/** Malls that are there and lie in the caller's scope. */
async function mallsOf(ctx: CommandContext): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from mall`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id).filter((mall) => ctx.scoped.allows({ mall })));
}

/** Ids of the orders that are there already; those of a release without events get theirs first. */
async function knownOrders(ctx: CommandContext, reads: readonly Read[]): Promise<Map<string, string>> {
  if (reads.length === 0) return new Map();
  const keys = JSON.stringify(reads.map(({ order }) => ({ mall: order.mall, no: order.mallOrderNo })));
  const { rows } = await sql<{ id: string; mall: string; mall_order_no: string; has_events: boolean }>`
    select o.id, o.mall, o.mall_order_no, o.has_events
    from json_to_recordset(${keys}::json) as told (mall text, no text)
    join sales_order o on o.mall = told.mall and o.mall_order_no = told.no
    order by o.id for update of o`.execute(ctx.db);
  await adoptOrders(
    ctx,
    rows.filter((row) => !row.has_events).map(({ id }) => id),
  );
  return new Map(rows.map((row) => [`${row.mall}\n${row.mall_order_no}`, row.id]));
}

async function openOrders(ctx: CommandContext, reads: readonly Read[]): Promise<Written[]> {
  if (reads.length === 0) return [];
  await resolveGoods(
    ctx,
    reads.map((read) => ({ order: read.order, left: leftToProduct(read) })),
  );
  const customers = await resolveCustomers(
    ctx,
    reads.map(({ order }) => order),
  );
  const now = ctx.now.getTime();
  const written = reads.map((read, i) => ({ id: newId(), ...openBook(read, customers[i] ?? null, now) }));
  await writeOrders(ctx.db, written, originOf(ctx), true);
  return written;
}

async function moveOrders(
  ctx: CommandContext,
  reads: readonly Read[],
  known: ReadonlyMap<string, string>,
  rejected: Rejected,
): Promise<Written[]> {
  const there = reads.flatMap((read) => {
    const id = known.get(orderKey(read.order));
    return id ? [{ ...read, id }] : [];
  });
  const logs = await loadEvents(
    ctx.scoped,
    there.map(({ id }) => id),
  );
  const now = ctx.now.getTime();
  const moved = there.flatMap(({ id, index, order, out }): Written[] => {
    const book = replay(logs.get(id) ?? []);
    if (!book) return [];
    if (!isSameOrder(book, order)) {
      rejected.push({ index, code: 'different_order', message: DIFFERENT[ctx.language] });
      return [];
    }
    const news = newsOf(book, { order, out, now });
    return news.length > 0 ? [{ id, ...append(book, news, now) }] : [];
  });
  await writeOrders(ctx.db, moved, originOf(ctx), false);
  return moved;
}

const DIFFERENT = {
  ko: '같은 주문번호에 상품·수량·금액이 다른 주문이 이미 있습니다. 주문번호를 확인하세요.',
  en: 'Another order with other items, quantities or amounts has this number already. Check the number.',
};

/** One event a mall: screens and rooms that come later (claims) hear which orders moved, and by what. */
function tell(ctx: CommandContext, event: string, changed: readonly Written[]): void {
  const byMall = Map.groupBy(changed, ({ book }) => book.order.mall);
  for (const [mall, orders] of byMall) {
    const moved = orders.map(({ id, events }) => ({ order: id, events: events.map(({ type }) => type) }));
    const data = event === 'orders.imported' ? { count: orders.length } : { moved };
    ctx.record(event, orders[0]!.id, { after: { mall, count: orders.length }, scope: { mall }, data });
  }
}
