import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Open, ScopedDb } from '#platform/scope.ts';
import { stillAsked } from '../rules/change-state.ts';
import type { Wish } from '../rules/change-wish.ts';
import { CARRIERS } from '../rules/delivery/carriers.ts';
import { standing, toldIn } from './change-store.ts';

/** A parcel on its way, for a tracker to ask about. */
export type OnItsWay = {
  order_id: string;
  parcel_id: string;
  mall: string;
  carrier: string;
  tracking_no: string;
  waybill_at: Date;
  last_kind: string | null;
};

/** Parcels that have a waybill and have not arrived, after a key, in the order of their keys. */
export async function parcelsOnTheirWay(
  db: Kysely<Open>,
  after: { order_id: string; parcel_id: string },
  limit: number,
): Promise<OnItsWay[]> {
  const { rows } = await sql<OnItsWay>`
    select order_id, parcel_id, mall, carrier, tracking_no, coalesce(waybill_at, shipped_at) as waybill_at, last_kind
    from delivery where (order_id, parcel_id) > (${after.order_id}::uuid, ${after.parcel_id})
    order by order_id, parcel_id limit ${limit}`.execute(db as unknown as Kysely<DB>);
  return rows;
}

/** A change of an order as others ask about it: who has not answered, and what differs, as far as it is no person's. */
export async function changeToAsk(scoped: ScopedDb, id: string) {
  const row = await scoped
    .selectFrom('order_change')
    .selectAll('order_change')
    .where('order_change.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { before, after } = row.personal ? { before: {}, after: {} } : toldIn(row);
  return {
    order: row.order_id,
    kind: row.kind as Wish['kind'],
    line: row.line_id,
    ...{ before, after, waiting: stillAsked(standing(row)) },
    askedBy: { id: row.asked_by, name: row.asked_by_name },
  };
}

/** Orders that are looked at to say what a mall sells. */
const NEWEST_ORDERS = 300;

/** When a mall's newest order was placed, and the products of its newest orders, within the caller's scope. */
export async function soldLately(scoped: ScopedDb, mall: string): Promise<{ lastAt: Date | null; products: string[] }> {
  const newest = scoped
    .selectFrom('sales_order')
    .select(['sales_order.id', 'sales_order.ordered_at'])
    .where('sales_order.mall', '=', mall)
    .orderBy('sales_order.ordered_at', 'desc')
    .orderBy('sales_order.id', 'desc')
    .limit(NEWEST_ORDERS);
  const [last] = await newest.limit(1).execute();
  const lines = await scoped
    .selectFrom('order_line')
    .innerJoin(newest.as('newest'), 'newest.id', 'order_line.order_id')
    .select('order_line.product_id')
    .distinct()
    .where('order_line.product_id', 'is not', null)
    .execute();
  return { lastAt: last?.ordered_at ?? null, products: lines.flatMap(({ product_id }) => product_id ?? []) };
}

const STAGES: Record<string, string> = {
  UNPAID: '입금 대기',
  PAID: '결제완료',
  PREPARING: '상품준비중',
  SHIPPED: '배송중',
  DELIVERED: '배송완료',
  CONFIRMED: '구매확정',
  CANCELLED: '취소',
};
const PARCELS: Record<string, string> = {
  PLANNED: '출고 전',
  PACKED: '포장완료',
  SHIPPED: '배송중',
  DELIVERED: '배송완료',
  LOST: '분실',
  DAMAGED: '파손',
  REFUSED: '수취거부',
  RETURNED_TO_SENDER: '반송',
};

/** What a message to the customer may say of an order: Korean words, and the newest parcel that was sent to the customer. */
export async function orderWords({ scoped }: { scoped: ScopedDb }, id: string) {
  const order = await scoped
    .selectFrom('sales_order')
    .select(['mall_order_no', 'ordered_at', 'summary', 'total_krw', 'stage'])
    .where('sales_order.id', '=', id)
    .executeTakeFirst();
  if (!order) return null;
  const parcel = await scoped
    .selectFrom('parcel')
    .select(['carrier', 'tracking_no', 'parcel.state', 'shipped_at', 'delivered_at'])
    .where('parcel.order_id', '=', id)
    .where('purpose', '<>', 'SEND_BACK')
    .orderBy('shipped_at', (by) => by.desc().nullsLast())
    .orderBy('parcel.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    ...{ mallOrderNo: order.mall_order_no, orderedAt: order.ordered_at, summary: order.summary },
    ...{ totalKrw: order.total_krw, stage: STAGES[order.stage] ?? order.stage },
    courier: CARRIERS.find((carrier) => carrier.id === parcel?.carrier)?.ko ?? null,
    ...{ trackingNo: parcel?.tracking_no ?? null, delivery: parcel ? (PARCELS[parcel.state] ?? null) : null },
    ...{ shippedAt: parcel?.shipped_at ?? null, deliveredAt: parcel?.delivered_at ?? null },
  };
}
