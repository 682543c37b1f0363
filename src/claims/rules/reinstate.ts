import { largestRemainder } from '#orders/rules/largest-remainder.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { reclaimDue } from './broken-condition.ts';
import { newTender } from './capture.ts';
import { amend, countSkus, type Draft, inStock, onClaim, onStock, onUnit, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import { worthOf } from './exchange-difference.ts';
import { cutFees } from './fees.ts';
import { checkRow, namedClaim, needYes, refusePolicy, unitsInClaim } from './find.ts';
import { newClaim } from './new-claim.ts';
import { raiseVat } from './repay.ts';
import { unpaidOn } from './settlement.ts';
import { shippingDue } from './shipping-due.ts';
import { newParcel } from './special-parcels.ts';
import type { Claim, Entry, Money, State, Unit } from './state.ts';
import { giveBack, without, withTaken } from './taken.ts';

/**
 * T27 환불 후 되살리기: the customer pays again exactly what the units cost, less or more by what shipping
 * changes. Cancelled units are reserved again; returned ones are shipped back, or new ones.
 */
export function reinstate(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  const before = draft.state.claims.find((row) => row.predecessor === claim.id && row.special.includes('REINSTATED'));
  if (before && claim.units.every((key) => before.units.includes(key))) return before.id;
  const refusal = checkRow(claim, 'reinstate');
  if (refusal) return refusal;
  const keys = unitsInClaim(draft, claim);
  if (isRefusal(keys)) return keys;
  const units = keys.map((key) => unitOf(draft.state, key));
  const wrong = units.find(
    (unit) =>
      unit.hold !== null ||
      unit.out?.claim !== claim.id ||
      unit.stage === 'LOST_CLOSED' ||
      unit.stage === 'KEPT_REFUNDED',
  );
  if (wrong) return refuse('wrong_stage', 'T27', { what: `${wrong.key} ${wrong.stage}` });
  if (draft.state.paidAt === null && draft.state.units.some((unit) => unit.stage === 'UNPAID'))
    return refuse('wrong_stage', 'T27', { what: 'UNPAID', possible: ['order.paid'] });
  if (!inStock(draft.state, countSkus(units, 1))) return refuse('out_of_stock', 'T27', {});
  const yes = needYes(draft, 'T27', null, ['manager'], 540);
  return yes ?? payAgain(draft, claim, units);
}

type Due = { charged: Record<string, number>; reclaimed: number; net: number; amount: number };

/** What is to be paid again: what the units are worth, and what shipping and conditions change by. */
function dueAgain({ state, policy }: Draft, units: readonly Unit[]): Due {
  const kept = { ...state, units: state.units.map((unit) => (units.includes(unit) ? { ...unit, out: null } : unit)) };
  const net = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  const charged: Record<string, number> = {};
  let amount = net;
  for (const group of state.order.groups) {
    charged[group.id] = shippingDue(kept, policy, group);
    amount +=
      charged[group.id]! -
      state.charged[group.id]! +
      unpaidPart(state, `shipping/${group.id}`, state.charged[group.id]! - charged[group.id]!);
  }
  const reclaimed = reclaimDue(kept, policy);
  amount += reclaimed - state.reclaimed + unpaidPart(state, 'reclaim', state.reclaimed - reclaimed);
  return { charged, reclaimed, net, amount };
}

/** Of a charge that falls away, what never came in: a fee that is cut, not money that pays for the units. */
function unpaidPart(state: State, account: string, less: number): number {
  return less > 0 ? giveBack(state.taken, account, less, unpaidOn(state, account)).cut : 0;
}

/** The fees that are cut because what they were for is no longer due. */
function cutsOf(state: State, { charged, reclaimed }: Due): { account: string; won: number }[] {
  const falls = Object.keys(charged).map((group) => ({
    account: `shipping/${group}`,
    less: state.charged[group]! - charged[group]!,
  }));
  return [...falls, { account: 'reclaim', less: state.reclaimed - reclaimed }]
    .map(({ account, less }) => ({ account, won: unpaidPart(state, account, less) }))
    .filter(({ won }) => won > 0);
}

function payAgain(draft: Draft, claim: Claim, units: Unit[]): Refusal | string {
  const counters = { ...draft.state.counters, claim: draft.state.counters.claim + 1 };
  const due = dueAgain(draft, units);
  const { charged, reclaimed, amount } = due;
  if (amount < 0) return refusePolicy(draft, 'amount_out_of_range', 'T27', 'fullReturnOutbound');
  const payment = draft.command.payment ?? { id: `${claim.id}+`, kind: 'CARD' as const, amount };
  if (payment.amount !== amount) return refuse('amount_out_of_range', 'T27', { what: `${payment.amount} ≠ ${amount}` });
  const tender = newTender(draft, payment, amount, 'ORDER');
  if (isRefusal(tender)) return tender;
  const returned = units.some((unit) => unit.stage !== 'CANCELLED');
  const next = successor(draft, claim, units, returned);
  const hold = returned ? next.id : null;
  const paidAt = draft.state.paidAt ?? draft.now;
  record(
    draft,
    'reinstate',
    claim.id,
    [
      tender,
      { on: 'newClaim', row: next },
      { on: 'order', set: { counters, charged, reclaimed, paidAt, coupons: withoutCoupons(draft, units) } },
      onStock(draft.state, countSkus(units, -1)),
      ...cutFees(draft.state, cutsOf(draft.state, due)).changes,
      ...backInOrder(draft, units, { tender: payment.id, won: amount }, due, hold),
    ],
    payEntries(draft, payment.id, due),
  );
  shipAgain(draft, next, units, returned);
  amend(draft, [raiseVat(draft)]);
  return next.id;
}

function successor(draft: Draft, claim: Claim, units: readonly Unit[], returned: boolean): Claim {
  return newClaim(draft, units, {
    kind: 'RESHIP',
    fault: claim.fault,
    reason: claim.reason,
    basis: 'CONTRACT',
    accepted: true,
    acceptedSeq: draft.state.version,
    waived: true,
    predecessor: claim.id,
    special: ['REINSTATED'],
    state: returned ? 'RED' : 'DONE',
    closed: returned ? null : 'DONE',
  });
}

/**
 * The units as they were, paid by what was taken for shipping and conditions and is no longer due, and by the new
 * tender; what of the former is more than they cost pays for what is due instead.
 */
function backInOrder(
  draft: Draft,
  units: readonly Unit[],
  payment: Money,
  { charged, reclaimed, net }: Due,
  hold: string | null,
): Change[] {
  const { state } = draft;
  const moves = [
    ...Object.keys(charged).map((group) => ({
      account: `shipping/${group}`,
      rise: charged[group]! - state.charged[group]!,
    })),
    { account: 'reclaim', rise: reclaimed - state.reclaimed },
  ];
  let taken = state.taken;
  const freed: Money[] = [];
  for (const { account, rise } of moves) {
    if (rise >= 0) continue;
    const rows = giveBack(taken, account, -rise, unpaidOn(state, account)).money.map((row) => ({ ...row, account }));
    taken = without(taken, rows);
    freed.push(...rows);
  }
  const pools = [...freed, payment].map(({ tender, won }) => ({ tender, won }));
  const shares = sharesFrom(units, drawn(pools, net));
  for (const { account, rise } of moves)
    if (rise > 0)
      taken = withTaken(
        taken,
        drawn(pools, rise).map((row) => ({ ...row, account })),
      );
  return [
    { on: 'order', set: { taken } },
    ...units.map((unit, index) => {
      const paid = {
        out: null,
        hold,
        tenders: shares[index]!,
        net: worthOf(unit),
        reduced: {},
        place: 'WAREHOUSE' as const,
      };
      return onUnit(unit.key, { ...paid, stage: unit.stage === 'CANCELLED' ? 'PAID' : 'DELIVERED' });
    }),
  ];
}

/** Takes `won` out of the pools, one after another; what is left stays in them. */
function drawn(pools: Money[], won: number): Money[] {
  let left = won;
  const rows: Money[] = [];
  for (const pool of pools) {
    const part = Math.min(left, pool.won);
    pool.won -= part;
    left -= part;
    if (part > 0) rows.push({ tender: pool.tender, won: part });
  }
  return rows;
}

/** Spreads payments over what the units cost, one payment after another. */
function sharesFrom(units: readonly Unit[], pools: readonly Money[]): Record<string, number>[] {
  const open = units.map(worthOf);
  const shares: Record<string, number>[] = units.map(() => ({}));
  for (const pool of pools) {
    const parts = largestRemainder(Math.max(0, pool.won), open);
    parts.forEach((part, index) => {
      open[index] = open[index]! - part;
      if (part > 0) shares[index]![pool.tender] = (shares[index]![pool.tender] ?? 0) + part;
    });
  }
  return shares;
}

/** What goes out again: returned goods under a redelivery; cancelled ones that missed their parcel in a new one. */
function shipAgain(draft: Draft, next: Claim, units: Unit[], returned: boolean): void {
  const missed = units.filter((unit) => {
    const parcel = draft.state.parcels.find((row) => row.id === unit.parcel);
    return !parcel || (parcel.state !== 'PLANNED' && parcel.state !== 'PACKED');
  });
  const keys = (returned ? units : missed).map((unit) => unit.key);
  if (keys.length === 0) return;
  const made = newParcel(draft, next, 'REDELIVERY', keys);
  const changes: Change[] = made.changes;
  if (returned) {
    const redelivery = { state: 'RESERVED' as const, parcel: made.parcel.id, reservedAt: draft.now, reserved: {} };
    changes.push(onClaim(next.id, { redelivery }));
  } else {
    changes.push({ on: 'parcel', id: made.parcel.id, set: { purpose: 'ORDER', claim: null } });
    changes.push(...keys.map((key) => onUnit(key, { parcel: made.parcel.id })));
  }
  amend(draft, changes);
}

function withoutCoupons(draft: Draft, units: readonly Unit[]): string[] {
  return draft.state.coupons.filter((id) => !units.some((unit) => unit.benefits[id] !== undefined));
}

function payEntries({ state }: Draft, tender: string, due: Due): Entry[] {
  const { amount, net, charged, reclaimed } = due;
  const cuts = cutsOf(state, due);
  const cut = (account: string) => cuts.find((row) => row.account === account)?.won ?? 0;
  const entries: Entry[] = [
    [`captured/${tender}`, 'order', amount],
    ['order', 'goods', net],
    ['order', 'reclaim', reclaimed - state.reclaimed + cut('reclaim')],
  ];
  for (const group in charged) {
    const account = `shipping/${group}`;
    entries.push(['order', account, charged[group]! - state.charged[group]! + cut(account)]);
  }
  return entries.filter(([, , won]) => won !== 0);
}
