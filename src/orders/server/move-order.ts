import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import { append, replay } from '../rules/evolve.ts';
import type { NewEvent, OrderBook } from '../rules/order-book.ts';
import { adoptOrders } from './adopt-orders.ts';
import { loadEvents, originOf, writeOrders } from './event-store.ts';

/**
 * Adds events to an order within the caller's scope: its row is locked, its events replayed, the new ones and the rows
 * that they make written. `news` sees the order as it stands. Null: there is no such order.
 */
export async function moveOrder(
  ctx: CommandContext,
  id: string,
  news: (book: OrderBook) => readonly NewEvent[],
): Promise<OrderBook | null> {
  const { rows } = await sql<{ has_events: boolean }>`
    select has_events from sales_order where id = ${id} and ${ctx.scoped.where('sales_order')} for update`.execute(
    ctx.db,
  );
  if (!rows[0]) return null;
  if (!rows[0].has_events) await adoptOrders(ctx, [id]);
  const book = replay((await loadEvents(ctx.scoped, [id])).get(id) ?? []);
  if (!book) return null;
  const more = news(book);
  if (more.length === 0) return book;
  const after = append(book, more, ctx.now.getTime());
  await writeOrders(ctx.db, [{ id, ...after }], originOf(ctx), false);
  return after.book;
}
