import { searchDocument } from '#platform/search.ts';
import { DAY, type Day, HOUR, MINUTE } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import { type Customer, type Customers, homeOf, isHeavy, otherPerson } from './customers.ts';
import { DEFECT_SKU } from './incidents.ts';
import { mallById } from './malls.ts';
import { type Line, type Money, moneyOf } from './money.ts';
import { DELIVERY_NOTES, placeOf } from './places.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import { type Parcel, parcelsOf } from './shipping.ts';

/** What tickets need to know of an order. */
export type OrderRef = {
  id: string;
  mall: string;
  mallOrderNo: string;
  customer: number;
  orderedAt: number;
  total: number;
  lines: readonly Line[];
  carrier: string | null;
  trackingNo: string | null;
  shippedAt: number | null;
  deliveredAt: number | null;
  stage: string;
};
export type Order = OrderRef & { money: Money; parcels: Parcel[]; rows: OrderRows };
export type OrderRows = {
  sales_order: unknown[][];
  shipping_group: unknown[][];
  order_line: unknown[][];
  order_benefit: unknown[][];
  order_tender: unknown[][];
  parcel: unknown[][];
  tracking_step: unknown[][];
};

export type OrderWorld = {
  seed: number;
  now: number;
  catalogue: Catalogue;
  customers: Customers;
  strike: { from: number; until: number };
  promotionOf: (at: number) => string | null;
  defectSince: number;
};

/** The n-th order, placed at a time. */
export function makeOrder(world: OrderWorld, day: Day, at: number, index: number): Order {
  const rng = rngOf(world.seed, 'order', index);
  const customer = world.customers.draw(rng, at);
  const mall = rng.chance(0.75) ? (customer.malls[0] as string) : rng.pick(customer.malls);
  const lines = linesOf(world, at, rng);
  const other = rng.chance(0.15) ? otherPerson(rng) : null;
  const place = other ? placeOf(rng) : homeOf(world.seed, customer);
  const promotion = world.promotionOf(at);
  const money = moneyOf(
    lines,
    { mall, remote: place.remote, promotion, points: customer.points, heavy: isHeavy(customer.index) },
    rng,
  );
  const paidAt = paidAtOf(money, at, world.now, rng);
  const cancelled = rng.chance(0.035) || (paidAt === null && world.now - at > 3 * DAY);
  const parcels =
    paidAt === null || cancelled
      ? []
      : parcelsOf(lines, money.groups, { paidAt, now: world.now, place, strike: world.strike }, rng);
  const last = parcels.reduce((latest, parcel) => Math.max(latest, parcel.deliveredAt ?? Number.POSITIVE_INFINITY), 0);
  const confirmedAt = parcels.length > 0 && last + 8 * DAY < world.now ? last + rng.int(3, 8) * DAY : null;
  const stage = stageOf(paidAt, cancelled, parcels, confirmedAt);
  const mallOrderNo = orderNo(mall, day, at, index, rng);
  const first = parcels[0];
  const order = {
    id: uuidAt(at, rng),
    mall,
    mallOrderNo,
    customer: customer.index,
    orderedAt: at,
    total: money.total,
    lines,
    carrier: first?.carrier ?? null,
    trackingNo: first?.trackingNo ?? null,
    shippedAt: first?.shippedAt ?? null,
    deliveredAt: Number.isFinite(last) && last > 0 ? last : null,
    stage,
    money,
    parcels,
  };
  const receiver = other ?? customer;
  return {
    ...order,
    rows: rowsOf(order, { customer, receiver, other: other !== null, place, paidAt, confirmedAt }, rng),
  };
}

/** Ends in the order's own number, so that no mall has one twice, whatever the scale. */
function orderNo(mall: string, day: Day, _at: number, index: number, rng: Rng): string {
  const drawn = mallById.get(mall)?.orderNo(day.compact, rng) ?? day.compact;
  const unique = String((index * 7919 + 104_729) % 10_000_000).padStart(7, '0');
  if (mall === 'own') return `${day.compact}-${unique.slice(1)}`;
  return drawn.slice(0, -7) + unique;
}

function linesOf(world: OrderWorld, at: number, rng: Rng): Line[] {
  const count = rng.chance(0.52) ? 1 : rng.chance(0.58) ? 2 : rng.int(3, 4);
  const lines: Line[] = [];
  for (let i = 0; i < count; i++) {
    let product = world.catalogue.draw(rng);
    // The defective lot sells well for a week before its first complaint.
    if (i === 0 && at > world.defectSince - 9 * DAY && rng.chance(0.035))
      product = world.catalogue.bySku.get(DEFECT_SKU) ?? product;
    if (lines.some((line) => line.product === product)) continue;
    const qty = product.price < 30_000 && rng.chance(0.26) ? rng.int(2, 3) : 1;
    lines.push({ id: String.fromCharCode(65 + lines.length), product, qty, group: '' });
  }
  return lines;
}

/** Cards pay at once; a virtual account within a day and a half, or never. */
function paidAtOf(money: Money, at: number, now: number, rng: Rng): number | null {
  if (!money.tenders.some((tender) => tender.kind === 'VBANK')) return at + rng.int(3, 40) * 1000;
  const paid = at + rng.int(5, 30 * 60) * MINUTE;
  return rng.chance(0.12) || paid > now ? null : paid;
}

const ORDER_OF_STAGES = ['PAID', 'PREPARING', 'SHIPPED', 'DELIVERED'];

/** An order is as far as its least advanced parcel. */
function stageOf(
  paidAt: number | null,
  cancelled: boolean,
  parcels: readonly Parcel[],
  confirmedAt: number | null,
): string {
  if (cancelled) return 'CANCELLED';
  if (paidAt === null) return 'UNPAID';
  if (confirmedAt !== null) return 'CONFIRMED';
  const least = Math.min(
    ...parcels.map((parcel) => (parcel.deliveredAt ? 3 : parcel.shippedAt ? 2 : parcel.preparedAt ? 1 : 0)),
  );
  return ORDER_OF_STAGES[least] ?? 'PAID';
}

const SELF = new Set(['own']);
const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
export const summaryOf = (lines: readonly Line[]): string => {
  const name = lines[0]?.product.name ?? '';
  return lines.length > 1 ? `${name} 외 ${lines.length - 1}건` : name;
};

type Facts = {
  customer: Customer;
  receiver: { name: string; phone: string };
  other: boolean;
  place: { address: string; postcode: string };
  paidAt: number | null;
  confirmedAt: number | null;
};

export const ORDER_TABLES: Record<keyof OrderRows, string[]> = {
  sales_order: [
    'id',
    'mall',
    'mall_order_no',
    'authority',
    'customer_id',
    'ordered_at',
    'paid_at',
    'contract_doc_at',
    'confirmed_at',
    'orderer_name',
    'orderer_phone',
    'orderer_email',
    'receiver_name',
    'receiver_phone',
    'receiver_postcode',
    'receiver_address',
    'receiver_memo',
    'gift_order',
    'total_krw',
    'summary',
    'stage',
    'partner_ids',
    'search_text',
    'search',
    'created_at',
    'updated_at',
  ],
  shipping_group: [
    'order_id',
    'id',
    'fee_kind',
    'base_fee_krw',
    'free_threshold_krw',
    'paid_krw',
    'remote_paid_krw',
    'return_fee_krw',
    'remote_return_krw',
    'exchange_fee_krw',
  ],
  order_line: [
    'order_id',
    'id',
    'group_id',
    'product_id',
    'sku',
    'name',
    'option_text',
    'list_price_krw',
    'qty',
    'tax_kind',
    'inventory_type',
    'partner_id',
    'returnability',
    'supply_cost_krw',
  ],
  order_benefit: [
    'order_id',
    'id',
    'kind',
    'name',
    'amount_krw',
    'line_ids',
    'tender_id',
    'min_purchase_krw',
    'funder',
  ],
  order_tender: ['order_id', 'id', 'kind', 'name', 'amount_krw', 'partial_cancel', 'instalments'],
  parcel: [
    'order_id',
    'id',
    'group_id',
    'units',
    'carrier',
    'tracking_no',
    'state',
    'prepared_at',
    'waybill_at',
    'shipped_at',
    'delivered_at',
  ],
  tracking_step: ['order_id', 'parcel_id', 'seq', 'at', 'kind', 'place', 'note'],
};

function rowsOf(order: OrderRef & { money: Money; parcels: Parcel[] }, facts: Facts, rng: Rng): OrderRows {
  const { id, lines, money, parcels } = order;
  const { customer, receiver, place } = facts;
  const ordered = new Date(order.orderedAt);
  const partners = [...new Set(lines.flatMap((line) => line.product.partnerId ?? []))];
  const doc = searchDocument({
    numbers: [order.mallOrderNo, ...parcels.map((parcel) => parcel.trackingNo)],
    names: facts.other ? [customer.name, receiver.name] : [customer.name],
    phones: facts.other ? [customer.phone, receiver.phone] : [customer.phone],
    texts: lines.map((line) => line.product.name),
  });
  const gift = facts.other && rng.chance(0.2);
  const touched = Math.max(
    order.orderedAt + HOUR / 60,
    facts.confirmedAt ?? order.deliveredAt ?? order.shippedAt ?? facts.paidAt ?? order.orderedAt,
  );
  return {
    sales_order: [
      [
        id,
        order.mall,
        order.mallOrderNo,
        SELF.has(order.mall) ? 'SELF' : 'MALL',
        customer.id,
        ordered,
        date(facts.paidAt),
        ordered,
        date(facts.confirmedAt),
        customer.name,
        customer.phone,
        customer.email,
        receiver.name,
        receiver.phone,
        place.postcode,
        place.address,
        rng.chance(0.6) ? rng.pick(DELIVERY_NOTES) : null,
        gift,
        order.total,
        summaryOf(lines),
        order.stage,
        partners,
        doc.search_text,
        doc.search,
        ordered,
        new Date(touched),
      ],
    ],
    shipping_group: money.groups.map((group) => [
      id,
      group.id,
      'CONDITIONAL',
      group.baseFee,
      group.threshold,
      group.paid,
      group.remote,
      group.returnFee,
      group.remote,
      group.exchangeFee,
    ]),
    order_line: lines.map(({ id: line, product, qty, group }) => [
      id,
      line,
      group,
      product.id,
      product.sku,
      product.name,
      product.option,
      product.price,
      qty,
      product.taxKind,
      product.inventory,
      product.partnerId,
      product.returnability,
      product.supply,
    ]),
    order_benefit: money.benefits.map((benefit) => [
      id,
      benefit.id,
      benefit.kind,
      benefit.name,
      benefit.amount,
      benefit.lines,
      benefit.tender,
      benefit.minPurchase,
      benefit.funder,
    ]),
    order_tender: money.tenders.map((tender) => [
      id,
      tender.id,
      tender.kind,
      tender.name,
      tender.amount,
      tender.partialCancel,
      tender.instalments,
    ]),
    parcel: parcels.map((parcel) => [
      id,
      parcel.id,
      parcel.group,
      parcel.units,
      parcel.carrier,
      parcel.trackingNo,
      parcel.state,
      date(parcel.preparedAt),
      date(parcel.waybillAt),
      date(parcel.shippedAt),
      date(parcel.deliveredAt),
    ]),
    tracking_step: parcels.flatMap((parcel) =>
      parcel.steps.map((step, i) => [id, parcel.id, i + 1, new Date(step.at), step.kind, step.place, step.note]),
    ),
  };
}
