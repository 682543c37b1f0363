import { sql } from 'kysely';
import type { JobContext } from '#platform/context.ts';
import { replay } from '../rules/evolve.ts';
import { type Change, changesOf, type Known } from '../rules/import/changes.ts';
import type { FileOrder } from '../rules/import/order-of.ts';
import { publicOrder } from '../rules/import/public-order.ts';
import { orderKey, type Read, readIncoming } from '../rules/incoming.ts';
import { isSameOrder, newsOf } from '../rules/news.ts';
import { loadEvents } from './event-store.ts';

export type Preview = { outcome: 'new' | 'changed' | 'unchanged'; changes: Change[] } | { refused: string };

const DIFFERENT = '같은 주문번호에 상품·수량·금액이 다른 주문이 이미 있습니다';

/** What `orders.import` would do with these orders, by the same rules, without the save. */
export async function previewOrders(
  ctx: JobContext,
  orders: readonly FileOrder[],
  malls: ReadonlySet<string>,
): Promise<Preview[]> {
  const { reads, rejected } = readIncoming(orders.map(publicOrder), malls);
  const known = await knownOrders(ctx, reads);
  const logs = await loadEvents(
    ctx.scoped,
    [...known.values()].map(({ id }) => id),
  );
  const previews: Preview[] = orders.map(() => ({ outcome: 'unchanged', changes: [] }));
  for (const { index, text } of rejected) previews[index] = { refused: text.ko };
  for (const read of reads) {
    const before = known.get(orderKey(read.order));
    const order = orders[read.index];
    if (!order) continue;
    if (before)
      previews[read.index] = previewOf(read, order, before, replay(logs.get(before.id) ?? []), ctx.now.getTime());
    else previews[read.index] = { outcome: 'new', changes: [] };
  }
  return previews;
}

function previewOf(read: Read, order: FileOrder, before: Known, book: ReturnType<typeof replay>, now: number): Preview {
  const changes = changesOf(before, order);
  // An order of a release without events gets them with the import: its tables tell what is newer.
  if (!book) return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes };
  if (!isSameOrder(book, read.order)) return { refused: DIFFERENT };
  const news = newsOf(book, { order: read.order, out: read.out, now });
  if (news.length === 0) return { outcome: 'unchanged', changes: [] };
  const told = changes.length > 0 ? changes : news.map(({ type }) => ({ field: type, before: null, after: null }));
  return { outcome: 'changed', changes: told };
}

type KnownOrder = Known & { id: string; key: string };

async function knownOrders(ctx: JobContext, reads: readonly Read[]): Promise<Map<string, KnownOrder>> {
  const { rows } = await sql<KnownOrder & { mall: string; no: string }>`
    select o.id, o.mall, o.mall_order_no as no, o.paid_at as "paidAt", o.confirmed_at as "confirmedAt",
      coalesce((select json_agg(json_build_object('trackingNo', p.tracking_no, 'shippedAt', p.shipped_at,
        'deliveredAt', p.delivered_at)) from parcel p where p.order_id = o.id), '[]') as parcels
    from sales_order o join unnest(${reads.map(({ order }) => order.mall)}::text[],
      ${reads.map(({ order }) => order.mallOrderNo)}::text[]) k (mall, no) on o.mall = k.mall and o.mall_order_no = k.no`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [`${row.mall}\n${row.no}`, row]));
}
