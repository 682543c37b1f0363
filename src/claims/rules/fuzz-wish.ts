import { isBeforeShipping, isShipped } from '#orders/rules/unit.ts';
import type { Chance } from './fuzz-order.ts';
import type { Claim, State, Unit } from './state.ts';

type Json = Record<string, unknown>;
export type Wish = { type: string; [field: string]: unknown };

function refs(units: readonly Unit[]): Json[] {
  return units.map(({ info }) => ({ line: info.line, unitNos: [info.unitNo], ...(info.child ? { child: info.child } : {}) }));
}

function some(by: Chance, units: readonly Unit[]): Unit[] {
  const chosen = units.filter(() => by.often(45));
  return chosen.length > 0 ? chosen : [by.pick(units)];
}

const BUYERS = ['CHANGE_OF_MIND', 'SIZE'];
const OTHERS = ['DEFECT', 'WRONG_ITEM', 'DAMAGED_IN_TRANSIT', 'LATE'];

/** A wish that makes sense in this state most of the time, so that sequences get far; sometimes nonsense. */
export function randomWish(by: Chance, state: State): Wish {
  const open = state.claims.filter((claim) => !claim.closed);
  const roll = by.below(100);
  if (roll < 4) return nonsense(by, state);
  if (roll < 60 && open.length > 0) return claimWish(by, state, by.pick(open));
  if (roll < 70 && state.claims.length > open.length) return closedWish(by, state, by.pick(state.claims.filter((claim) => claim.closed)));
  return orderWish(by, state);
}

function orderWish(by: Chance, state: State): Wish {
  if (state.paidAt === null && by.often(60)) return by.often(80) ? { type: 'order.paid' } : { type: 'cancel.unpaid' };
  const wishes: (() => Wish)[] = [() => orderFact(by, state)];
  const moving = state.parcels.filter((parcel) => parcel.state !== 'DELIVERED' && parcel.state !== 'LOST' && parcel.state !== 'RETURNED_TO_SENDER');
  const free = state.units.filter((unit) => unit.hold === null && unit.holder);
  const early = free.filter((unit) => isBeforeShipping(unit.stage));
  const late = free.filter((unit) => isShipped(unit.stage));
  if (moving.length > 0) for (let i = 0; i < 3; i++) wishes.push(() => parcelWish(by, by.pick(moving)));
  if (early.length > 0) wishes.push(() => earlyWish(by, state, early));
  if (late.length > 0) for (let i = 0; i < 4; i++) wishes.push(() => lateWish(by, state, late));
  return by.pick(wishes)();
}

function parcelWish(by: Chance, { id, state }: State['parcels'][number]): Wish {
  const usual = ['parcel.delivered', 'parcel.delivered', 'parcel.shipped', 'parcel.prepared', 'parcel.waybill'];
  const type = state === 'SHIPPED' ? by.pick(['parcel.delivered', 'parcel.delivered', 'parcel.delivered', 'parcel.lost', 'parcel.refused']) : by.pick(usual);
  return { type, parcel: id, ...(type === 'parcel.lost' && by.often(50) ? { wish: 'RESHIP' } : {}) };
}

function earlyWish(by: Chance, state: State, units: readonly Unit[]): Wish {
  const roll = by.below(10);
  if (roll < 5) return { type: 'cancel.request', units: refs(some(by, units)), reason: by.pick([...BUYERS, ...OTHERS]) };
  if (roll === 5) return { type: 'stockout.cancel', units: refs(some(by, units)) };
  if (roll === 6) return { type: 'delay.notice', promisedOn: new Date(state.now + 9 * 3_600_000 + by.below(6) * 86_400_000).toISOString().slice(0, 10) };
  if (roll === 7) return { type: 'delay.answer', answer: by.pick(['WAIT', 'CHANGE', 'CANCEL']) };
  if (roll === 8) return { type: 'forcedDiscount', units: refs(some(by, units)), percent: 1 + by.below(10), reason: 'kept', approved: true };
  const tender = by.pick(state.tenders.filter((row) => row.role === 'ORDER' && !row.replacedBy));
  return { type: 'tender.change', tender: tender.id, to: { id: `n${state.version}`, kind: by.pick(['CARD', 'TRANSFER']) }, keepDiscount: by.often(40), approved: true };
}

function lateWish(by: Chance, state: State, units: readonly Unit[]): Wish {
  const chosen = some(by, units);
  const request = { units: refs(chosen), reason: by.often(60) ? by.pick(BUYERS) : by.often(90) ? by.pick(OTHERS) : 'OTHER', approved: by.often(70) };
  const joins = state.claims.filter((claim) => !claim.closed && claim.collection.state === 'BOOKED');
  const how = { ...(joins.length > 0 && by.often(40) ? { joinPickup: by.pick(joins).id } : {}), ...(by.often(15) ? { method: 'CUSTOMER_SENDS', sentPay: by.pick(['PREPAID', 'COLLECT', 'ENCLOSED']), fare: by.pick([0, 2_500, 4_500, 8_000]) } : {}) };
  const roll = by.below(20);
  if (roll < 8) return { type: 'return.request', ...request, ...how };
  if (roll < 14) return { type: 'exchange.request', ...request, ...how, wanted: wanted(by, chosen[0]!) };
  if (roll === 14) return { type: 'reship', units: refs(chosen), reason: by.pick(['MISSING_PART', 'WRONG_ITEM', 'DAMAGED_IN_TRANSIT']) };
  if (roll === 15) return { type: 'price.reduce', units: refs(chosen), amount: by.pick([100, 1_000, 5_000, 8_000]), reason: by.pick(OTHERS), approved: by.often(70) };
  if (roll === 16) return { type: 'preRefund', units: refs(chosen), reason: 'LATE', approved: true };
  if (roll === 17) return { type: 'forcedDiscount', units: refs(chosen), percent: 1 + by.below(10), reason: 'kept', approved: true };
  if (roll === 18) return shipless(by, state, chosen);
  return { type: 'unit.confirm', units: refs(chosen) };
}

function wanted(by: Chance, unit: Unit): Json {
  return { sku: by.pick([unit.info.sku, 'W1', 'W2']), listPrice: Math.max(0, unit.price + by.pick([0, 0, 0, -5_000, -1_000, 1_000, 6_000])) };
}

function shipless(by: Chance, state: State, units: readonly Unit[]): Wish {
  const lines = units.map((unit, index) => ({ id: `L${index}`, group: 'n1', sku: unit.info.sku, listPrice: Math.max(100, unit.price - 1_000), qty: 1 }));
  const total = lines.reduce((sum, line) => sum + line.listPrice, 0);
  const newOrder = {
    mallOrderNo: `N-${state.version}`,
    orderedAt: new Date(state.now).toISOString(),
    groups: [{ id: 'n1', paid: 0 }],
    lines,
    tenders: [{ id: 'n', kind: 'CARD', amount: total }],
  };
  return { type: 'shipless', units: refs(units), newOrder, approved: true, ...(by.often(30) ? { first: 'REFUND' } : {}) };
}

function orderFact(by: Chance, state: State): Wish {
  const debt = state.receivables.find((row) => row.amount > row.paid + row.writtenOff);
  const roll = by.below(debt ? 6 : 3);
  if (roll < 2) return { type: 'compensate', kind: 'POINT', amount: by.pick([500, 3_000, 3_333]), reason: by.pick(['LATE', 'goodwill']), approved: by.often(60) };
  if (roll === 2) return { type: 'order.paid' };
  const open = debt!.amount - debt!.paid - debt!.writtenOff;
  if (roll === 3) return { type: 'receivable.writeOff', receivable: debt!.id, reason: 'tried', approved: by.often(80) };
  if (roll === 4) return { type: 'receivable.file', receivable: debt!.id, day: new Date(state.now).toISOString().slice(0, 10) };
  return { type: 'receivable.paid', receivable: debt!.id, amount: by.often(60) ? open : 1 + by.below(open) };
}

const FORWARD: Record<string, string[]> = {
  REQ: ['return.accept', 'exchange.accept', 'cancel.accept', 'withdraw', 'convert', 'claim.reject', 'fault.change', 'preRefund', 'cancel.tooLate', 'claim.split', 'exchange.change'],
  ACC: ['pickup.scan', 'pickup.scan', 'pickup.scan', 'arrive', 'pickup.fail', 'pickup.book', 'withdraw', 'convert', 'noCollect', 'preRefund', 'exchange.cross', 'exchange.shipFirst', 'fee.paid', 'exchange.change', 'claim.split', 'fault.change', 'claim.reject', 'preRefund.clawback', 'exchange.expire'],
  COL: ['arrive', 'arrive', 'arrive', 'withdraw', 'convert', 'collect.lost', 'exchange.shipFirst', 'preRefund', 'fee.paid', 'claim.split', 'exchange.change', 'arrivePart'],
  INS: ['inspect.pass', 'inspect.pass', 'inspect.pass', 'inspect.fail', 'inspect', 'withdraw', 'convert', 'return.reject', 'fault.change', 'preRefund', 'preRefund.clawback', 'exchange.shipFirst', 'fee.paid', 'usage', 'claim.split'],
  RED: ['exchange.ship', 'exchange.ship', 'deliver', 'deliver', 'deliver', 'fee.paid', 'fee.waive', 'quote.accept', 'convert', 'exchange.change', 'exchange.expire', 'lose', 'refund.execute', 'parcel.prepared', 'again', 'claim.split', 'pickup.scan', 'arrive', 'fee.overdue'],
  SET: ['refund.execute', 'refund.execute', 'refund.execute', 'refund.execute', 'refund.unknown', 'refund.fail', 'refund.payout', 'quote.accept', 'fee.paid', 'fee.waive', 'fee.overdue', 'withdraw', 'convert', 'fault.change', 'claim.hold', 'claim.release', 'claim.split', 'cancel.tooLate'],
};

function claimWish(by: Chance, state: State, claim: Claim): Wish {
  const word = by.pick(FORWARD[claim.state]!);
  return detail(by, state, claim, by.often(3) ? by.pick(['claim.hold', 'claim.release', 'fault.change', 'claim.split', 'quote.accept']) : word);
}

function detail(by: Chance, state: State, claim: Claim, word: string): Wish {
  const of = { claim: claim.id, approved: by.often(85) };
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const part = refs(units.slice(0, Math.max(1, units.length - 1)));
  const subset = units.length > 1 && by.often(25) ? { units: part } : {};
  const due = claim.fees.reduce((sum, fee) => sum + (fee.state === 'DUE' ? fee.amount : 0), 0);
  const parcel = claim.sendBack ?? claim.redelivery?.parcel ?? `r${state.counters.redelivery + 1}`;
  switch (word) {
    case 'withdraw':
      return { type: 'withdraw', ...of, ...subset };
    case 'convert':
      return { type: 'convert', ...of, ...subset, to: claim.kind === 'RETURN' ? 'EXCHANGE' : 'RETURN', ...(by.often(40) ? { wanted: wanted(by, units[0]!) } : {}) };
    case 'claim.split':
      return { type: word, ...of, units: part };
    case 'exchange.change':
      return { type: word, ...of, wanted: wanted(by, units[0]!) };
    case 'fault.change':
      return { type: word, ...of, fault: by.pick(['BUYER', 'SELLER', 'CARRIER', 'PLATFORM']) };
    case 'fee.paid':
      return { type: word, claim: claim.id, tender: { id: `f${state.version}`, kind: by.pick(['CARD', 'TRANSFER']), amount: due > 0 && by.often(85) ? due : Math.max(1, due - 500) } };
    case 'fee.waive':
      return { type: word, claim: claim.id, reason: 'goodwill' };
    case 'arrive':
      return { type: word, claim: claim.id, ...(by.often(10) ? { cash: 3_000 } : {}) };
    case 'arrivePart':
      return { type: 'arrive', claim: claim.id, units: part };
    case 'inspect.pass':
      return { type: word, ...of, ...subset, ...(claim.fault === 'UNDECIDED' || by.often(10) ? { finding: by.pick(['BUYER', 'SELLER']) } : {}), ...(by.often(20) ? { disposition: by.pick(['B_STOCK', 'TO_PARTNER']) } : {}) };
    case 'inspect':
      return { type: word, ...of, results: units.map((unit, index) => ({ units: refs([unit]), result: index % 2 === by.below(2) ? 'PASS' : 'FAIL' })), ...(claim.fault === 'UNDECIDED' ? {} : {}) };
    case 'usage':
      return { type: 'inspect.pass', ...of, usage: { units: 1, supplyCost: by.pick([100, 1_000]) } };
    case 'return.reject':
    case 'claim.reject':
      return { type: word, ...of, ...subset, reason: 'damaged by use' };
    case 'refund.unknown':
    case 'refund.fail':
      return { type: word, claim: claim.id, ...tender(by, claim) };
    case 'refund.execute':
      return { type: word, claim: claim.id, ...(by.often(25) ? tender(by, claim) : {}) };
    case 'refund.payout':
      return { type: word, ...of, tender: claim.refunds[0]?.tender ?? 'main', ...(by.often(50) ? { account: 'bank' } : { to: 'DEPOSIT' }) };
    case 'claim.hold':
      return { type: word, claim: claim.id, reason: 'dispute', until: new Date(state.now + 5 * 86_400_000).toISOString().slice(0, 10) };
    case 'preRefund':
      return { type: word, ...of, reason: 'slow collection' };
    case 'deliver':
      return { type: by.often(20) ? 'parcel.refused' : 'parcel.delivered', parcel };
    case 'parcel.prepared':
      return { type: word, parcel };
    case 'lose':
      return { type: 'parcel.lost', parcel, ...(by.often(50) ? { wish: 'RESHIP' } : {}) };
    case 'again':
      return { type: 'return.request', units: refs(units), reason: 'CHANGE_OF_MIND' };
    default:
      return { type: word, ...of };
  }
}

function tender(by: Chance, claim: Claim): Json {
  return claim.refunds.length > 0 ? { tender: by.pick(claim.refunds).tender } : {};
}

function closedWish(by: Chance, state: State, claim: Claim): Wish {
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const roll = by.below(10);
  if (roll < 3) return { type: 'reinstate', claim: claim.id, approved: true };
  if (roll < 6) return { type: 'reopen', claim: claim.id, reason: 'new evidence', approved: true };
  if (roll === 6) return { type: 'fee.overdue', claim: claim.id };
  if (roll === 7) return detail(by, state, claim, 'fee.paid');
  const now = units.map((unit) => state.units.find((row) => row.info.root === unit.info.root && row.holder)!);
  return { type: by.pick(['return.request', 'exchange.request']), units: refs(now), reason: by.pick(BUYERS), approved: true, wanted: wanted(by, now[0]!) };
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
