import { sql } from 'kysely';
import type { CommandContext, JobHandler } from '#platform/context.ts';
import { append } from '../rules/evolve.ts';
import { packOrder } from '../rules/packed-order.ts';
import { bookOfRows } from './book-of-rows.ts';
import { writeOrders } from './event-store.ts';

type Adopting = Pick<CommandContext, 'scoped' | 'db'>;

/**
 * Gives orders of a release without events their `order.imported`, from the tables, with the allocation that the rules
 * give them now: from here on it is frozen. Their rows are written again as the events make them.
 */
export async function adoptOrders(ctx: Adopting, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const books = await bookOfRows(ctx, ids);
  const written = books.map(({ id, book }) => {
    const { payload, personal } = packOrder(book);
    const event = { type: 'order.imported', at: book.order.orderedAt, payload, personal };
    return { id, ...append(null, [event], book.updatedAt) };
  });
  await writeOrders(ctx.db, written, { actor: 'system', causation: 'orders.adopt' }, false);
}

const BATCH = 200;

/** Goes through the orders of a release without events, a batch a transaction; done, it finds none at once. */
export const adoptJob: JobHandler = async (ctx) => {
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select id from sales_order where not has_events order by id limit ${BATCH}`.execute(ctx.db);
    if (rows.length === 0) return;
    await adoptOrders(
      ctx,
      rows.map(({ id }) => id),
    );
    await ctx.progress(0.5);
  }
};
