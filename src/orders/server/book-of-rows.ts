import { type Kysely, type Selectable, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Open, ScopedDb } from '#platform/scope.ts';
import { allocate } from '../rules/allocation.ts';
import type { Benefit, Group, Line, Order, Parcel, Tender } from '../rules/order.ts';
import { NOTHING_CHANGED, type OrderBook } from '../rules/order-book.ts';
import { stagesOf } from '../rules/read-order.ts';
import type { Stage } from '../rules/unit.ts';

type Row<T extends keyof DB> = Selectable<DB[T]>;
const ms = (at: Date | null): number | null => at?.getTime() ?? null;
const BY_POSITION = sql`position, id`;

/** Orders as their tables hold them, for those whose events are still to be written. */
export async function bookOfRows(
  { db, scoped }: { db: Kysely<Open>; scoped: ScopedDb },
  ids: readonly string[],
): Promise<{ id: string; book: OrderBook }[]> {
  const of = [...ids];
  const below = <T extends 'order_line' | 'shipping_group' | 'order_benefit' | 'order_tender' | 'parcel'>(table: T) =>
    sql<Row<T>>`select * from ${sql.table(table)} where order_id = any(${of}) and ${scoped.where(table)}
      order by ${BY_POSITION}`.execute(db);
  const heads = await sql<Row<'sales_order'>>`
    select * from sales_order where id = any(${of}) and ${scoped.where('sales_order')}`.execute(db);
  const lines = await below('order_line');
  const groups = await below('shipping_group');
  const benefits = await below('order_benefit');
  const tenders = await below('order_tender');
  const parcels = await below('parcel');
  return heads.rows.map((head) => {
    const mine = <T extends { order_id: string }>({ rows }: { rows: T[] }) =>
      rows.filter((row) => row.order_id === head.id);
    const order = { ...headOf(head), lines: mine(lines).map(lineOf), groups: mine(groups).map(groupOf) };
    order.benefits = mine(benefits).map((row) => benefitOf(row, order));
    order.tenders = mine(tenders).map(tenderOf);
    order.parcels = mine(parcels).map(parcelOf);
    order.stages = stagesOf(order);
    return { id: head.id, book: bookOf(head, order) };
  });
}

function bookOf(head: Row<'sales_order'>, order: Order): OrderBook {
  const apart = { ...((head.unit_stages ?? {}) as Record<string, Stage>) };
  if (head.stage === 'CANCELLED' && Object.keys(apart).length === 0)
    for (const line of order.lines)
      for (let unitNo = 1; unitNo <= line.qty; unitNo++) apart[`${line.id}.${unitNo}`] = 'CANCELLED';
  return {
    order,
    allocation: allocate(order),
    customerId: head.customer_id,
    policyVersion: head.policy_version,
    apart,
    earlier: [],
    ...NOTHING_CHANGED,
    version: 0,
    createdAt: head.created_at.getTime(),
    updatedAt: head.updated_at.getTime(),
  };
}

function headOf(row: Row<'sales_order'>): Order {
  return {
    mall: row.mall,
    mallOrderNo: row.mall_order_no,
    authority: row.authority as Order['authority'],
    orderedAt: row.ordered_at.getTime(),
    paidAt: ms(row.paid_at),
    contractDocAt: (row.contract_doc_at ?? row.ordered_at).getTime(),
    confirmedAt: ms(row.confirmed_at),
    customer: row.customer_id ?? row.orderer_phone ?? row.orderer_name,
    orderer: { name: row.orderer_name, phone: row.orderer_phone, email: row.orderer_email },
    receiver: {
      name: row.receiver_name,
      phone: row.receiver_phone,
      phone2: row.receiver_phone2,
      postcode: row.receiver_postcode,
      address: row.receiver_address,
      memo: row.receiver_memo,
    },
    giftOrder: row.gift_order,
    subscription: row.subscription as Order['subscription'],
    customs: row.customs as Order['customs'],
    rawStatus: row.raw_status,
    memo: row.note,
    shiplessOf: row.shipless_of,
    groups: [],
    lines: [],
    benefits: [],
    tenders: [],
    parcels: [],
    stages: [],
  };
}

const groupOf = (row: Row<'shipping_group'>): Group => ({
  id: row.id,
  feeKind: row.fee_kind as Group['feeKind'],
  n: row.per_count,
  by: row.fee_by as Group['by'],
  steps: (row.steps ?? []) as Group['steps'],
  baseFee: row.base_fee_krw,
  freeThreshold: row.free_threshold_krw,
  paid: row.paid_krw,
  remotePaid: row.remote_paid_krw,
  returnFee: row.return_fee_krw ?? 0,
  remoteReturn: row.remote_return_krw ?? 0,
  exchangeFee: row.exchange_fee_krw ?? 0,
  removalFee: row.removal_fee_krw,
  installFee: row.install_fee_krw,
  origin: row.origin,
  returnAddress: row.return_address,
});

const lineOf = (row: Row<'order_line'>): Line => ({
  id: row.id,
  group: row.group_id,
  sku: row.sku,
  name: row.name,
  listPrice: row.list_price_krw,
  qty: row.qty,
  taxKind: row.tax_kind as Line['taxKind'],
  inventoryType: row.inventory_type as Line['inventoryType'],
  partner: row.partner_id,
  returnability: row.returnability as Line['returnability'],
  noticeProof: row.notice_proof !== null,
  noticeProofId: row.notice_proof || null,
  optionText: row.option_text,
  supplyCost: row.supply_cost_krw,
  productNo: row.product_no,
  rawStatus: row.raw_status,
  bundleId: row.bundle_id,
  giftOf: row.gift_of,
  product: row.product_id,
});

function benefitOf(row: Row<'order_benefit'>, order: Order): Benefit {
  const wanted = row.units as { line: string; unitNos: number[] }[] | null;
  const holds = (line: string, unitNo: number) =>
    wanted ? wanted.some((part) => part.line === line && part.unitNos.includes(unitNo)) : row.line_ids.includes(line);
  const all = order.lines.flatMap(({ id, qty }) => Array.from({ length: qty }, (_, i) => ({ id, unitNo: i + 1 })));
  return {
    id: row.id,
    kind: row.kind as Benefit['kind'],
    amount: row.amount_krw,
    units: all.flatMap(({ id, unitNo }, index) => (holds(id, unitNo) ? [index] : [])),
    tender: row.tender_id,
    minPurchase: row.min_purchase_krw,
    funder: row.funder as Record<string, number>,
    restoreRule: row.restore_rule,
    name: row.name,
    couponId: row.coupon_id,
    expiresAt: ms(row.expires_at),
  };
}

const tenderOf = (row: Row<'order_tender'>): Tender => ({
  id: row.id,
  kind: row.kind as Tender['kind'],
  amount: row.amount_krw,
  partialCancel: row.partial_cancel as Tender['partialCancel'],
  refundLimitAt: ms(row.refund_limit_at),
  name: row.name,
  expiresAt: ms(row.expires_at),
  taxFree: row.tax_free_krw,
  escrow: row.escrow,
  instalments: row.instalments,
  cashReceiptId: row.cash_receipt_id,
  pgKey: row.pg_key,
});

const parcelOf = (row: Row<'parcel'>): Parcel => ({
  id: row.id,
  group: row.group_id,
  units: (row.units as { line: string; unitNos: number[] }[]).flatMap(({ line, unitNos }) =>
    unitNos.map((unitNo) => ({ line, unitNo })),
  ),
  carrier: row.carrier,
  trackingNo: row.tracking_no,
  preparedAt: ms(row.prepared_at),
  waybillAt: ms(row.waybill_at),
  shippedAt: ms(row.shipped_at),
  deliveredAt: ms(row.delivered_at),
});
