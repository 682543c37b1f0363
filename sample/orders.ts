import { DAY, type Day, HOUR, MINUTE } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import { type Customer, type Customers, homeOf, isHeavy, otherPerson } from './customers.ts';
import { DEFECT_SKU } from './incidents.ts';
import { mallById } from './malls.ts';
import { type Line, type Money, moneyOf } from './money.ts';
import { orderRows } from './order-events.ts';
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
  order_event: unknown[][];
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

type Facts = {
  customer: Customer;
  receiver: { name: string; phone: string };
  other: boolean;
  place: { address: string; postcode: string };
  paidAt: number | null;
  confirmedAt: number | null;
};

function rowsOf(order: OrderRef & { money: Money; parcels: Parcel[] }, facts: Facts, rng: Rng): OrderRows {
  const gift = facts.other && rng.chance(0.2);
  const memo = rng.chance(0.6) ? rng.pick(DELIVERY_NOTES) : null;
  const touched = Math.max(
    order.orderedAt + HOUR / 60,
    facts.confirmedAt ?? order.deliveredAt ?? order.shippedAt ?? facts.paidAt ?? order.orderedAt,
  );
  return {
    ...orderRows(order, { ...facts, gift, memo, touched }),
    tracking_step: order.parcels.flatMap((parcel) =>
      parcel.steps.map((step, i) => [order.id, parcel.id, i + 1, new Date(step.at), step.kind, step.place, step.note]),
    ),
  };
}
