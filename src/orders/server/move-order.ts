import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import { append, replay } from '../rules/evolve.ts';
import type { NewEvent, OrderBook } from '../rules/order-book.ts';
import { adoptOrders } from './adopt-orders.ts';
import { loadEvents, originOf, writeOrders } from './event-store.ts';

/** An order within the caller's scope by its events; its row stays locked until the command ends. Null: no such order. */
export async function lockOrder(ctx: CommandContext, id: string): Promise<OrderBook | null> {
  const { rows } = await sql<{ has_events: boolean }>`
    select has_events from sales_order where id = ${id} and ${ctx.scoped.where('sales_order')} for update`.execute(
    ctx.db,
  );
  if (!rows[0]) return null;
  if (!rows[0].has_events) await adoptOrders(ctx, [id]);
  return replay((await loadEvents(ctx.scoped, [id])).get(id) ?? []);
}

/** Writes new events of a locked order, and the rows that they make. */
export async function addEvents(
  ctx: CommandContext,
  id: string,
  book: OrderBook,
  news: readonly NewEvent[],
): Promise<OrderBook> {
  if (news.length === 0) return book;
  const after = append(book, news, ctx.now.getTime());
  await writeOrders(ctx.db, [{ id, ...after }], originOf(ctx), false);
  return after.book;
}

/** Adds events to an order within the caller's scope. `news` sees the order as it stands. Null: no such order. */
export async function moveOrder(
  ctx: CommandContext,
  id: string,
  news: (book: OrderBook) => readonly NewEvent[],
): Promise<OrderBook | null> {
  const book = await lockOrder(ctx, id);
  return book && addEvents(ctx, id, book, news(book));
}
