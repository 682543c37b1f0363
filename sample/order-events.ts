import { allocate } from '#orders/rules/allocation.ts';
import type {
  Benefit,
  Order,
  Group as OrderGroup,
  Line as OrderLine,
  Parcel as OrderParcel,
  Tender,
} from '#orders/rules/order.ts';
import { NOTHING_CHANGED, type OrderBook } from '#orders/rules/order-book.ts';
import { packOrder } from '#orders/rules/packed-order.ts';
import { project } from '#orders/rules/project.ts';
import { searchDocument } from '#platform/search.ts';
import type { Customer } from './customers.ts';
import type { Group, Line, Money } from './money.ts';
import type { Parcel } from './shipping.ts';

type Made = {
  id: string;
  mall: string;
  mallOrderNo: string;
  orderedAt: number;
  stage: string;
  lines: readonly Line[];
  money: Money;
  parcels: readonly Parcel[];
};
type Facts = {
  customer: Customer;
  receiver: { name: string; phone: string };
  other: boolean;
  place: { address: string; postcode: string };
  paidAt: number | null;
  confirmedAt: number | null;
  gift: boolean;
  memo: string | null;
  touched: number;
};

/** Columns that the sample fills; the others keep their defaults. */
export const ORDER_TABLES = {
  sales_order: [
    ...['id', 'mall', 'mall_order_no', 'authority', 'customer_id', 'ordered_at', 'paid_at', 'contract_doc_at'],
    ...['confirmed_at', 'orderer_name', 'orderer_phone', 'orderer_email', 'receiver_name', 'receiver_phone'],
    ...['receiver_postcode', 'receiver_address', 'receiver_memo', 'gift_order', 'total_krw', 'summary', 'stage'],
    ...['partner_ids', 'search_text', 'search', 'version', 'created_at', 'updated_at', 'has_events', 'allocation'],
    ...['unit_stages', 'policy_version'],
  ],
  shipping_group: [
    ...['order_id', 'id', 'fee_kind', 'base_fee_krw', 'free_threshold_krw', 'paid_krw', 'remote_paid_krw'],
    ...['return_fee_krw', 'remote_return_krw', 'exchange_fee_krw', 'position'],
  ],
  order_line: [
    ...['order_id', 'id', 'group_id', 'product_id', 'sku', 'name', 'option_text', 'list_price_krw', 'qty', 'tax_kind'],
    ...['inventory_type', 'partner_id', 'returnability', 'supply_cost_krw', 'position'],
  ],
  order_benefit: [
    ...[
      'order_id',
      'id',
      'kind',
      'name',
      'amount_krw',
      'line_ids',
      'tender_id',
      'min_purchase_krw',
      'funder',
      'position',
    ],
  ],
  order_tender: ['order_id', 'id', 'kind', 'name', 'amount_krw', 'partial_cancel', 'instalments', 'position'],
  parcel: [
    ...['order_id', 'id', 'group_id', 'units', 'carrier', 'tracking_no', 'state', 'prepared_at', 'waybill_at'],
    ...['shipped_at', 'delivered_at', 'position'],
  ],
  tracking_step: ['order_id', 'parcel_id', 'seq', 'at', 'kind', 'place', 'note'],
  order_event: ['order_id', 'seq', 'type', 'payload', 'personal', 'actor', 'at', 'recorded_at'],
};

/** The rows of an order: its one event, as an order that came in with all that was known of it, and what that makes. */
export function orderRows(made: Made, facts: Facts) {
  const order = orderOf(made, facts);
  const before: OrderBook = {
    order,
    allocation: allocate(order),
    customerId: facts.customer.id,
    policyVersion: 'default',
    apart: made.stage === 'CANCELLED' ? allOut(order) : {},
    earlier: [],
    ...NOTHING_CHANGED,
    version: 1,
    createdAt: facts.touched,
    updatedAt: facts.touched,
  };
  const { payload, personal } = packOrder(before);
  const event = { seq: 1, type: 'order.imported', payload, personal, at: made.orderedAt, recordedAt: facts.touched };
  // What replaying that one event gives, without replaying it: the sample's test and `orders check` compare.
  const rows = project(made.id, before);
  const head = { ...rows.sales_order, ...documentOf(made, facts) };
  const pick = (table: keyof typeof ORDER_TABLES, row: Record<string, unknown>) =>
    ORDER_TABLES[table].map((column) => row[column]);
  return {
    sales_order: [pick('sales_order', head)],
    shipping_group: rows.shipping_group.map((row) => pick('shipping_group', row)),
    order_line: rows.order_line.map((row) => pick('order_line', row)),
    order_benefit: rows.order_benefit.map((row) => pick('order_benefit', row)),
    order_tender: rows.order_tender.map((row) => pick('order_tender', row)),
    parcel: rows.parcel.map((row) => pick('parcel', row)),
    order_event: [
      [made.id, 1, event.type, payload, personal, 'system', new Date(event.at), new Date(event.recordedAt)],
    ],
  };
}

function documentOf({ mallOrderNo, parcels, lines }: Made, { customer, receiver, other }: Facts) {
  return searchDocument({
    numbers: [mallOrderNo, ...parcels.map((parcel) => parcel.trackingNo)],
    names: other ? [customer.name, receiver.name] : [customer.name],
    phones: other ? [customer.phone, receiver.phone] : [customer.phone],
    texts: lines.map((line) => line.product.name),
  });
}

function allOut(order: Order): OrderBook['apart'] {
  const apart: OrderBook['apart'] = {};
  for (const line of order.lines)
    for (let unitNo = 1; unitNo <= line.qty; unitNo++) apart[`${line.id}.${unitNo}`] = 'CANCELLED';
  return apart;
}

function orderOf(made: Made, facts: Facts): Order {
  const { customer, receiver, place } = facts;
  const { money } = made;
  const pieces = made.lines.flatMap((line) => Array.from({ length: line.qty }, () => line.id));
  return {
    mall: made.mall,
    mallOrderNo: made.mallOrderNo,
    authority: made.mall === 'own' ? 'SELF' : 'MALL',
    orderedAt: made.orderedAt,
    paidAt: facts.paidAt,
    contractDocAt: made.orderedAt,
    confirmedAt: facts.confirmedAt,
    customer: customer.id,
    orderer: { name: customer.name, phone: customer.phone, email: customer.email },
    receiver: {
      ...{ name: receiver.name, phone: receiver.phone, phone2: null },
      ...{ postcode: place.postcode, address: place.address, memo: facts.memo },
    },
    giftOrder: facts.gift,
    ...{ subscription: null, customs: null, rawStatus: null, memo: null, shiplessOf: null },
    groups: money.groups.map(groupOf),
    lines: made.lines.map(lineOf),
    benefits: money.benefits.map(
      ({ lines, ...benefit }): Benefit => ({
        ...(benefit as Pick<Benefit, 'id' | 'name' | 'amount' | 'tender' | 'minPurchase' | 'funder'>),
        kind: benefit.kind as Benefit['kind'],
        units: pieces.flatMap((line, index) => (lines.includes(line) ? [index] : [])),
        restoreRule: null,
      }),
    ),
    tenders: money.tenders.map((tender) => ({ ...(tender as unknown as Tender), refundLimitAt: null })),
    parcels: made.parcels.map(parcelOf),
    stages: [],
  };
}

const groupOf = (group: Group): OrderGroup => ({
  id: group.id,
  ...{ feeKind: 'CONDITIONAL', n: 1, by: 'AMOUNT', steps: [] },
  baseFee: group.baseFee,
  freeThreshold: group.threshold,
  paid: group.paid,
  remotePaid: group.remote,
  returnFee: group.returnFee,
  remoteReturn: group.remote,
  exchangeFee: group.exchangeFee,
  ...{ removalFee: 0, installFee: 0, origin: null, returnAddress: null },
});

const lineOf = ({ id, product, qty, group }: Line): OrderLine => ({
  id,
  group,
  sku: product.sku,
  name: product.name,
  listPrice: product.price,
  qty,
  taxKind: product.taxKind as OrderLine['taxKind'],
  inventoryType: product.inventory as OrderLine['inventoryType'],
  partner: product.partnerId,
  returnability: product.returnability as OrderLine['returnability'],
  ...{ noticeProof: false, noticeProofId: null },
  optionText: product.option,
  supplyCost: product.supply,
  ...{ productNo: null, rawStatus: null, bundleId: null, giftOf: null },
  product: product.id,
});

const parcelOf = (parcel: Parcel): OrderParcel => ({
  id: parcel.id,
  group: parcel.group,
  units: parcel.units.flatMap(({ line, unitNos }) => unitNos.map((unitNo) => ({ line, unitNo }))),
  carrier: parcel.carrier,
  trackingNo: parcel.trackingNo,
  preparedAt: parcel.preparedAt,
  waybillAt: parcel.waybillAt,
  shippedAt: parcel.shippedAt,
  deliveredAt: parcel.deliveredAt,
});
