import { DAY, HOUR } from './calendar.ts';
import { DEFECT_SKU, STRIKE_CARRIER } from './incidents.ts';
import type { Order, OrderRef } from './orders.ts';
import type { Rng } from './random.ts';

const DAYS_KEPT = 26;
const PER_DAY = 260;

/** Days between an order and a contact about it, and what must be true of the order then. */
type Match = { like: RegExp; lag: readonly [number, number]; fits: (order: OrderRef, at: number) => boolean };
const arrived = (order: OrderRef, at: number) => order.deliveredAt !== null && order.deliveredAt < at;
const left = (order: OrderRef, at: number) => order.shippedAt !== null && order.shippedAt < at;
const MATCHES: readonly Match[] = [
  {
    like: /^STRIKE/,
    lag: [1, 8],
    fits: (order, at) => order.carrier === STRIKE_CARRIER && left(order, at) && !arrived(order, at),
  },
  { like: /^(DLV-LATE-DISPATCH|ORD-MOD|CAN-REQ|STK-SOLDOUT)/, lag: [0, 5], fits: (order, at) => !left(order, at) },
  {
    like: /^(DLV-LATE-TRANSIT|DLV-INFO-TRACK)/,
    lag: [1, 7],
    fits: (order, at) => left(order, at) && !arrived(order, at),
  },
  { like: /^(DLV-ERR|DLV-SVC|PRD|RTN|EXC|PKP|PRC)/, lag: [2, 14], fits: arrived },
  { like: /^RFD/, lag: [4, 20], fits: () => true },
  { like: /./, lag: [0, 25], fits: () => true },
];

/** A sample of the orders of the last weeks, for contacts to be about; as large at any scale. */
export function orderBook() {
  const days: OrderRef[][] = [];
  const defects: OrderRef[] = [];
  return {
    newDay() {
      days.push([]);
      if (days.length > DAYS_KEPT) days.shift();
    },
    add({ money: _money, parcels: _parcels, rows: _rows, ...ref }: Order, rng: Rng) {
      const today = days.at(-1) as OrderRef[];
      if (today.length < PER_DAY) today.push(ref);
      else if (rng.chance(0.2)) today[rng.int(0, PER_DAY - 1)] = ref;
      if (ref.lines.some((line) => line.product.sku === DEFECT_SKU)) defects.push(ref);
      if (defects.length > 600) defects.shift();
    },
    find(at: number, code: string, kinds: readonly string[], rng: Rng): OrderRef | null {
      const match = MATCHES.find(({ like }) => like.test(code)) as Match;
      const [least, most] = match.lag;
      for (let tries = 0; tries < 28; tries++) {
        const day = days[days.length - 1 - rng.int(least, most)];
        if (!day || day.length === 0) continue;
        const order = rng.pick(day);
        if (order.orderedAt >= at - HOUR / 6 || !match.fits(order, at)) continue;
        if (kinds.length > 0 && tries < 24 && !order.lines.some((line) => kinds.includes(line.product.kind))) continue;
        return order;
      }
      return null;
    },
    defect(at: number, rng: Rng): OrderRef | null {
      const there = defects.filter((order) => arrived(order, at) && at - order.orderedAt < 14 * DAY);
      return there.length > 0 ? rng.pick(there) : null;
    },
  };
}
