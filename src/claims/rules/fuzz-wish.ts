import { isBeforeShipping, isShipped } from '#orders/rules/unit.ts';
import { claimWish, closedWish } from './fuzz-claim-wish.ts';
import type { Chance } from './fuzz-order.ts';
import { BUYERS, refs, some, type Wish, wanted } from './fuzz-parts.ts';
import type { State, Unit } from './state.ts';

const OTHERS = ['DEFECT', 'WRONG_ITEM', 'DAMAGED_IN_TRANSIT', 'LATE'];

/** A wish that makes sense in this state most of the time, so that sequences get far; sometimes nonsense. */
export function randomWish(by: Chance, state: State): Wish {
  if (state.order.authority === 'MALL' && by.often(80)) return mallWish(by, state);
  const open = state.claims.filter((claim) => !claim.closed);
  const roll = by.below(100);
  if (roll < 3) return nonsense(by, state);
  if (roll < 76 && open.length > 0) return claimWish(by, state, by.often(60) ? open.at(-1)! : by.pick(open));
  if (roll < 84 && state.claims.length > open.length)
    return closedWish(by, state, by.pick(state.claims.filter((claim) => claim.closed)));
  return orderWish(by, state);
}

function mallWish(by: Chance, state: State): Wish {
  const { tenders, units, claims, now } = state;
  const known = claims.filter((claim) => claim.mall && !claim.closed);
  const named = known.length > 0 && by.often(70) ? by.pick(known).mall!.id : `m${1 + by.below(4)}`;
  return {
    type: 'mall.event',
    mallClaim: named,
    seenAt: new Date(now - by.below(3) * 3_600_000).toISOString(),
    kind: by.pick(['CANCEL', 'RETURN', 'EXCHANGE']),
    state: by.pick(['REQ', 'ACC', 'COL', 'INS', 'SET', 'DONE', 'WDN', 'REJ', '모름']),
    rawStatus: 'RAW',
    units: refs(some(by, units)),
    ...(by.often(30) ? { refund: { [by.pick(tenders).id]: by.pick([0, 1_000, 1_000_000]) } } : {}),
  };
}

function orderWish(by: Chance, state: State): Wish {
  if (state.paidAt === null && by.often(60)) return by.often(65) ? { type: 'order.paid' } : { type: 'cancel.unpaid' };
  const debts = state.receivables.some((row) => row.amount > row.paid + row.writtenOff);
  const wishes: (() => Wish)[] = debts || by.often(8) ? [() => orderFact(by, state)] : [];
  const moving = state.parcels.filter(
    (parcel) => parcel.state !== 'DELIVERED' && parcel.state !== 'LOST' && parcel.state !== 'RETURNED_TO_SENDER',
  );
  const free = state.units.filter((unit) => unit.hold === null && unit.holder);
  const early = free.filter((unit) => isBeforeShipping(unit.stage));
  const late = free.filter((unit) => isShipped(unit.stage));
  if (moving.length > 0) for (let i = 0; i < 5; i++) wishes.push(() => parcelWish(by, by.pick(moving)));
  if (early.length > 0) for (let i = 0; i < 4; i++) wishes.push(() => earlyWish(by, state, early));
  if (late.length > 0) for (let i = 0; i < 4; i++) wishes.push(() => lateWish(by, state, late));
  return wishes.length > 0 ? by.pick(wishes)() : orderFact(by, state);
}

function parcelWish(by: Chance, { id, state }: State['parcels'][number]): Wish {
  const usual = ['parcel.delivered', 'parcel.delivered', 'parcel.shipped', 'parcel.prepared', 'parcel.waybill'];
  const type =
    state === 'SHIPPED'
      ? by.pick(['parcel.delivered', 'parcel.delivered', 'parcel.delivered', 'parcel.lost', 'parcel.refused'])
      : by.pick(usual);
  return { type, parcel: id, ...(type === 'parcel.lost' && by.often(50) ? { wish: 'RESHIP' } : {}) };
}

function earlyWish(by: Chance, state: State, units: readonly Unit[]): Wish {
  const roll = by.below(10);
  if (roll < 5)
    return { type: 'cancel.request', units: refs(some(by, units)), reason: by.pick([...BUYERS, ...OTHERS]) };
  if (roll === 5) return { type: 'stockout.cancel', units: refs(some(by, units)) };
  if (roll === 6)
    return {
      type: 'delay.notice',
      promisedOn: new Date(state.now + 9 * 3_600_000 + by.below(6) * 86_400_000).toISOString().slice(0, 10),
    };
  if (roll === 7) return { type: 'delay.answer', answer: by.pick(['WAIT', 'CHANGE', 'CANCEL']) };
  if (roll === 8)
    return {
      type: 'forcedDiscount',
      units: refs(some(by, units)),
      percent: 1 + by.below(10),
      reason: 'kept',
      approved: true,
    };
  const tender = by.pick(state.tenders.filter((row) => row.role === 'ORDER' && !row.replacedBy));
  return {
    type: 'tender.change',
    tender: tender.id,
    to: { id: `n${state.version}`, kind: by.pick(['CARD', 'TRANSFER']) },
    keepDiscount: by.often(40),
    approved: true,
  };
}

function lateWish(by: Chance, state: State, units: readonly Unit[]): Wish {
  const chosen = some(by, units);
  const request = {
    units: refs(chosen),
    reason: by.often(60) ? by.pick(BUYERS) : by.often(90) ? by.pick(OTHERS) : 'OTHER',
    approved: by.often(70),
  };
  const joins = state.claims.filter((claim) => !claim.closed && claim.collection.state === 'BOOKED');
  const how = {
    ...(joins.length > 0 && by.often(40) ? { joinPickup: by.pick(joins).id } : {}),
    ...(by.often(15)
      ? {
          method: 'CUSTOMER_SENDS',
          sentPay: by.pick(['PREPAID', 'COLLECT', 'ENCLOSED']),
          fare: by.pick([0, 2_500, 4_500, 8_000]),
        }
      : {}),
  };
  const roll = by.below(20);
  if (roll < 8) return { type: 'return.request', ...request, ...how };
  if (roll < 14) return { type: 'exchange.request', ...request, ...how, wanted: wanted(by, chosen[0]!) };
  if (roll === 14)
    return {
      type: 'reship',
      units: refs(chosen),
      reason: by.pick(['MISSING_PART', 'WRONG_ITEM', 'DAMAGED_IN_TRANSIT']),
    };
  if (roll === 15)
    return {
      type: 'price.reduce',
      units: refs(chosen),
      amount: by.pick([100, 1_000, 5_000, 8_000]),
      reason: by.pick(OTHERS),
      approved: by.often(70),
    };
  if (roll === 16) return { type: 'preRefund', units: refs(chosen), reason: 'LATE', approved: true };
  if (roll === 17)
    return { type: 'forcedDiscount', units: refs(chosen), percent: 1 + by.below(10), reason: 'kept', approved: true };
  if (roll === 18) return shipless(by, state, chosen);
  return { type: 'unit.confirm', units: refs(chosen) };
}

function shipless(by: Chance, state: State, units: readonly Unit[]): Wish {
  const lines = units.map((unit, index) => ({
    id: `L${index}`,
    group: 'n1',
    sku: unit.info.sku,
    listPrice: Math.max(100, unit.price - 1_000),
    qty: 1,
  }));
  const total = lines.reduce((sum, line) => sum + line.listPrice, 0);
  const newOrder = {
    mallOrderNo: `N-${state.version}`,
    orderedAt: new Date(state.now).toISOString(),
    groups: [{ id: 'n1', paid: 0 }],
    lines,
    tenders: [{ id: 'n', kind: 'CARD', amount: total }],
  };
  return {
    type: 'shipless',
    units: refs(units),
    newOrder,
    approved: true,
    ...(by.often(30) ? { first: 'REFUND' } : {}),
  };
}

function orderFact(by: Chance, state: State): Wish {
  const debt = state.receivables.find((row) => row.amount > row.paid + row.writtenOff);
  const roll = by.below(debt ? 6 : 3);
  if (roll < 2)
    return {
      type: 'compensate',
      kind: 'POINT',
      amount: by.pick([500, 3_000, 3_333]),
      reason: by.pick(['LATE', 'goodwill']),
      approved: by.often(60),
    };
  if (roll === 2) return { type: 'order.paid' };
  const open = debt!.amount - debt!.paid - debt!.writtenOff;
  if (roll === 3) return { type: 'receivable.writeOff', receivable: debt!.id, reason: 'tried', approved: by.often(80) };
  if (roll === 4)
    return { type: 'receivable.file', receivable: debt!.id, day: new Date(state.now).toISOString().slice(0, 10) };
  return { type: 'receivable.paid', receivable: debt!.id, amount: by.often(60) ? open : 1 + by.below(open) };
}

function nonsense(by: Chance, state: State): Wish {
  return by.pick<Wish>([
    { type: 'return.request', units: [{ line: 'Z', unitNos: [1] }] },
    { type: 'cancel.request', units: [{ line: 'A', unitNos: [99] }] },
    { type: 'withdraw', claim: 'k99' },
    { type: 'nothing' },
    { type: 'refund.execute', tender: 'nobody' },
    { type: 'fee.paid', tender: { id: 'x', kind: 'CARD', amount: -1 } },
    { type: 'parcel.delivered', parcel: 'p9' },
    { type: 'price.reduce', units: [{ line: 'A', unitNos: [1] }], amount: 1e12, reason: 'DEFECT' },
    { type: 'return.request', units: [{ line: 'A', unitNos: [1] }], declaredAt: '2026-02-29T10:00:00+09:00' },
    { type: 'withdraw', basedOn: state.version + 1 },
  ]);
}
