import { DEFAULT_POLICY, type Policy } from '#policies/rules/parameters.ts';
import { group, line, orderOf, u } from './fixtures.ts';
import type { Wish } from './fuzz-parts.ts';

/** Timers that have run out at the next step, and one missed pick-up that ends the attempts. */
export const MODEL_POLICY: Policy = {
  ...DEFAULT_POLICY,
  stopShipGraceMin: 0,
  exchangeReserveHours: 0,
  lostAfterDays: 0,
  pickupMaxAttempts: 1,
};

/** Two lines, three units; the claimed ones in parcel p1, the others in p2. */
function order(claimed: object[], others: object[]): object {
  return orderOf([line('A', 20_000, 2), line('B', 30_000)], {
    groups: [group()],
    tenders: [{ id: 't1', kind: 'CARD', amount: 70_000 }],
    parcels: [
      { id: 'p1', group: 'g1', units: claimed },
      { id: 'p2', group: 'g1', units: others },
    ],
  });
}

const A1 = [u('A', 1)];
const BOTH = [u('A', [1, 2])];
const delivered = { type: 'parcel.delivered', parcel: 'p1' };
const wanted = { sku: 'W', listPrice: 22_000 };

/** How a claim of each kind begins, on the units given. */
function openings(units: object[]): Record<string, Wish[]> {
  return {
    CANCEL: [
      { type: 'parcel.prepared', parcel: 'p1' },
      { type: 'cancel.request', units, reason: 'SIZE' },
    ],
    RETURN: [delivered, { type: 'return.request', units, reason: 'SIZE' }],
    EXCHANGE: [delivered, { type: 'exchange.request', units, reason: 'SIZE', wanted }],
    RESHIP: [delivered, { type: 'reship', units, reason: 'WRONG_ITEM' }],
    UNDECIDED: [
      { type: 'parcel.shipped', parcel: 'p1' },
      { type: 'parcel.refused', parcel: 'p1' },
    ],
    REDUCE: [delivered, { type: 'price.reduce', units, amount: 1_000, reason: 'DEFECT' }],
  };
}

/** Claims of one piece, which cannot split. */
export const ONE = { order: order(A1, [u('A', 2), u('B', 1)]), openings: openings(A1) };

/** Claims of both pieces of one line, which can. */
export const TWO = { order: order(BOTH, [u('B', 1)]), openings: openings(BOTH) };

/** Claims of a piece of each line, which can split into unlike parts. */
const EACH = [u('A', 1), u('B', 1)];
export const ACROSS = { order: order(EACH, [u('A', 2)]), openings: openings(EACH) };
