import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { chargeAsBooked } from './balance.ts';
import { unbook } from './booking.ts';
import { claimFor } from './claim-for.ts';
import { all, release } from './closing.ts';
import { amend, claimOf, countSkus, type Draft, inStock, onClaim, onStock, onUnit, record, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { checkUndoable, namedClaim, refuseClaim, refusePolicy } from './find.ts';
import { EMPTY_QUOTE, sealQuote } from './quote.ts';
import { rebalance } from './rebalance.ts';
import { byTender } from './refund-amount.ts';
import { repay } from './repay.ts';
import { restoredPoints } from './restoration.ts';
import { settlementOf } from './settlement.ts';
import { quoteAgain } from './settling.ts';
import { newParcel } from './special-parcels.ts';
import type { Basis, Claim, Quote, Unit } from './state.ts';
import { isStatutory } from './window.ts';

/** 철회: T24 while nothing has moved, T25 once the goods are with the carrier or with us. */
export function withdraw(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (claim.closed === 'WDN' || claim.exiting === 'WDN') return claim.id;
  const late = isWithUs(claim);
  const event = late ? 'withdraw.late' : 'withdraw';
  if (draft.command.type === 'withdraw.late' && !late) return refuseClaim('wrong_state', 'T25', claim);
  if (claim.exiting) return refuseClaim('wrong_state', late ? 'T25' : 'T24', claim);
  const own = claimFor(draft, event);
  if (own === null || isRefusal(own)) return own;
  const refusal = checkWithdrawal(draft, own, late ? 'T25' : 'T24');
  if (refusal) return refusal;
  return late ? sendBack(draft, own, 'withdraw.late', 'WDN') : leave(draft, own, 'withdraw', 'WDN');
}

function isWithUs(claim: Claim): boolean {
  return claim.collection.state === 'PICKED_UP' || claim.collection.state === 'ARRIVED';
}

function checkWithdrawal(draft: Draft, claim: Claim, rule: string): Refusal | null {
  const started = checkUndoable(claim, rule);
  if (started) return started;
  if (claim.collection.state === 'LOST' || unitsOf(draft.state, claim).some((unit) => unit.place === 'LOST'))
    return refuseClaim('wrong_state', rule, claim, 'LOST');
  const units = unitsOf(draft.state, claim);
  const today = kstDay(draft.now);
  const lawful = (unit: Unit, basis: Basis) => isStatutory(draft.state, draft.policy, unit, basis, today);
  if (units.every((unit) => lawful(unit, 'A17_1') || lawful(unit, claim.basis))) return null;
  if (!draft.policy.withdrawReturn && claim.kind === 'RETURN')
    return refusePolicy(draft, 'policy_forbids', rule, 'withdrawReturn');
  if (!draft.policy.withdrawLate && rule === 'T25') return refusePolicy(draft, 'policy_forbids', rule, 'withdrawLate');
  const most = draft.policy.maxWithdrawalsPerUnit;
  if (units.some((unit) => unit.withdrawals >= most) && !draft.command.approved)
    return refusePolicy(draft, 'withdrawals_used_up', rule, 'maxWithdrawalsPerUnit');
  return null;
}

/**
 * T24 and T17a: the claim leaves at once. Quotes are void, fees 0, what was paid for them goes back; the
 * pick-up, the stop and the reservation are undone, nothing else changes (I8).
 */
export function leave(draft: Draft, claim: Claim, event: string, closed: 'WDN' | 'REJ'): string {
  record(draft, event, claim.id, []);
  const undone = unbook(draft, claim.id);
  const now = claimOf(draft.state, claim.id);
  const { state } = now.collection;
  const collection =
    state === 'BOOKED' || state === 'FAILED' || state === 'PLANNED'
      ? { ...now.collection, state: 'CANCELLED' as const }
      : now.collection;
  const quote = voidQuote(draft, now);
  amend(draft, [
    onClaim(claim.id, {
      closed,
      collection,
      quote,
      consented: quote,
      quoteState: 'CURRENT',
      hold: null,
      fees: [],
      carried: [],
      booked: null,
      dueOn: null,
      anchorOn: null,
      outcomes: all(now, closed === 'WDN' ? 'WITHDRAWN' : 'KEPT'),
    }),
    ...releaseReservation(draft, now),
    ...release(now),
    ...countWithdrawal(draft, now, closed),
  ]);
  chargeAsBooked(draft);
  repay(draft, claim.id, now.carried);
  rebalance(draft, claim.id, undone);
  return claim.id;
}

/** Nothing of the quote stands but what was paid for it, which goes back. */
function voidQuote(draft: Draft, claim: Claim): Quote {
  const { hash: _, ...nothing } = EMPTY_QUOTE;
  const money = byTender(claim.carried);
  const won = money.reduce((sum, row) => sum + row.won, 0);
  const perTender = Object.fromEntries(money.map((row) => [row.tender, row.won]));
  const restored = { coupons: [], points: restoredPoints(draft.state, money) };
  return sealQuote({ ...nothing, credited: won, refund: won, perTender, restored });
}

function countWithdrawal(draft: Draft, claim: Claim, closed: 'WDN' | 'REJ'): Change[] {
  if (closed !== 'WDN') return [];
  return unitsOf(draft.state, claim).map((unit) => onUnit(unit.key, { withdrawals: unit.withdrawals + 1 }));
}

/** Gives reserved replacements back to free stock. */
export function releaseReservation(draft: Draft, claim: Claim): Change[] {
  const { redelivery } = claim;
  if (!redelivery || (redelivery.state !== 'RESERVED' && redelivery.state !== 'PACKED')) return [];
  const changes: Change[] = [
    onStock(draft.state, redelivery.reserved),
    onClaim(claim.id, { redelivery: { ...redelivery, state: 'RELEASED', reserved: {} } }),
  ];
  const parcel = draft.state.parcels.find((row) => row.id === redelivery.parcel);
  if (parcel?.state !== 'PLANNED' && parcel?.state !== 'PACKED') return changes;
  // A claim that was split shares its parcel: that goes on with what is left in it.
  const other = draft.state.claims.find(
    (row) => row.id !== claim.id && !row.closed && row.redelivery?.parcel === parcel.id,
  );
  const units = parcel.units.filter((key) => other && !claim.units.includes(key));
  changes.push({ on: 'parcel', id: parcel.id, set: other ? { claim: other.id, units } : { state: 'DROPPED', units } });
  return changes;
}

/**
 * T25 and T17: the goods go back. The claim is exiting until they are delivered; the way back is a fee by
 * fault, covered first by what was paid before.
 */
export function sendBack(draft: Draft, claim: Claim, event: string, exiting: 'WDN' | 'REJ'): Refusal | string {
  const units = unitsOf(draft.state, claim);
  const restocked = units.filter((unit) => unit.place === 'STOCK');
  if (!inStock(draft.state, countSkus(restocked, 1)))
    return refuse('out_of_stock', 'T25', { possible: ['refund.execute'] });
  record(draft, event, claim.id, []);
  const undone = unbook(draft, claim.id);
  const now = claimOf(draft.state, claim.id);
  const back = newParcel(draft, now, 'SEND_BACK', now.units);
  amend(draft, [
    onClaim(claim.id, {
      exiting,
      hold: null,
      failed: false,
      sendBack: back.parcel.id,
      dueOn: null,
      anchorOn: null,
      fees: [],
    }),
    ...back.changes,
    ...releaseReservation(draft, now),
    ...countWithdrawal(draft, now, exiting),
    ...units.filter((unit) => unit.place !== 'INBOUND').map((unit) => onUnit(unit.key, { place: 'DOCK' })),
  ]);
  amend(draft, [onStock(draft.state, countSkus(restocked, -1))]);
  // A fee that was waived leaves with the booking, and what it had charged with it.
  chargeAsBooked(draft);
  chargeSendBack(draft, claim.id);
  rebalance(draft, claim.id, undone);
  return claim.id;
}

/**
 * The quote of an exit: the send-back fee, paid by what was paid before; the rest of that goes back at once. The fee
 * counts as paid, so that it is credited when the exit is undone (T25).
 */
function chargeSendBack(draft: Draft, id: string): void {
  quoteAgain(draft, id, true);
  const claim = claimOf(draft.state, id);
  const { matched } = settlementOf(draft.state, draft.policy, claim);
  const fee = { group: null, dueSince: draft.now };
  const fees = [
    ...matched.takings.map(({ kind, tender, won }) => ({ ...fee, kind, amount: won, state: 'PAID' as const, tender })),
    ...matched.due.map(({ kind, amount }) => ({ ...fee, kind, amount, state: 'DUE' as const, tender: null })),
  ];
  const paid = matched.takings.map(({ tender, won }) => ({ tender, won }));
  const taken = matched.takings.map(({ from, account, won }): [string, string, number] => [from, account, won]);
  amend(draft, [onClaim(id, { fees, paid, carried: [] })], taken);
  repay(draft, id, matched.refunds);
}
