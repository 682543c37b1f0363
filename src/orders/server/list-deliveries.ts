import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after } from '#platform/keyset-sql.ts';
import type { Input } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { deliveriesThat } from './delivery-query.ts';
import { basisFrom, type Delivery, lineFrom, partnerNames, partnersFrom, stuckNow, weekdayOf } from './delivery-row.ts';

const ORDER_BY = ['delivery.stuck_at', 'delivery.order_id', 'delivery.parcel_id'];

/** Parcels that have not arrived: those that are stuck, longest first, or those on their way, soonest due first. */
export const listDeliveries = handle(orders.operations.listDeliveries, async (ctx, { limit, cursor, ...filters }) => {
  const seen = cursorValues(cursor, 3);
  let rows = pageQuery(ctx, filters);
  if (seen) rows = rows.where(after(ORDER_BY, seen));
  const found = await rows.limit(limit + 1).execute();
  const names = await partnerNames(ctx, [...new Set(found.flatMap(({ partner_ids }) => partner_ids))]);
  return pageOf(
    found,
    limit,
    (row) => itemOf(row, names, ctx.now),
    (row) => [row.stuck_at, row.order_id, row.parcel_id],
  );
});

function pageQuery(
  ctx: QueryContext,
  filters: Omit<Input<typeof orders.operations.listDeliveries>, 'limit' | 'cursor'>,
) {
  return deliveriesThat(ctx, filters)
    .innerJoin('sales_order', 'sales_order.id', 'delivery.order_id')
    .selectAll('delivery')
    .select(['mall_order_no', 'summary', 'receiver_name', 'customer_id'])
    .orderBy('delivery.stuck_at')
    .orderBy('delivery.order_id')
    .orderBy('delivery.parcel_id');
}

type Row = Awaited<ReturnType<ReturnType<typeof pageQuery>['execute']>>[number];

function itemOf(row: Row, names: ReadonlyMap<string, string>, now: Date): Delivery {
  const stuck = stuckNow(row.stuck_kind, row.stuck_at, now);
  return {
    order: row.order_id,
    parcel: row.parcel_id,
    mall: row.mall,
    mallOrderNo: row.mall_order_no,
    summary: row.summary,
    receiverName: row.receiver_name,
    customer: row.customer_id,
    partners: partnersFrom(row.partner_ids, names),
    carrier: row.carrier,
    trackingNo: row.tracking_no,
    region: row.region,
    weekday: weekdayOf(row.shipped_at),
    line: lineFrom(row.line, stuck !== null),
    last: row.last_kind && row.last_at ? { kind: row.last_kind, at: row.last_at, place: row.last_place ?? '' } : null,
    expectedBy: row.expected_by,
    basis: basisFrom(row.basis),
    stuck,
    checkedAt: row.checked_at,
    problem: row.problem as Delivery['problem'],
  };
}
