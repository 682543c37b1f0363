import { isInspected, openMoney } from './claim-state.ts';
import { amend, claimOf, countSkus, type Draft, onClaim, onStock, onUnit, record, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { worthOf } from './exchange-difference.ts';
import { addReduction, spreadReduction } from './price-reduction.ts';
import { reverseVat } from './repay.ts';
import { couponsUntil, restoredCoupons } from './restoration.ts';
import { removalOf } from './settlement.ts';
import type { Claim, Unit } from './state.ts';

/**
 * T4, T20, T23: a claim is done when every part of it is and no money is open (section 2.2).
 * Settles it in an event of its own; a re-shipment closes in the event that delivers it.
 */
export function closeIfDone(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  if (claim.closed || claim.exiting || claim.mall || claim.state !== 'SET' || openMoney(claim) > 0) return;
  if (claim.kind === 'RESHIP') {
    amend(draft, [onClaim(id, { closed: 'DONE', outcomes: all(claim, 'RESENT') }), ...release(claim)]);
    return;
  }
  if (!claim.booked || claim.quoteState !== 'CURRENT' || !isInspected(claim)) return;
  if (claim.fault === 'UNDECIDED' && claim.kind !== 'EXCHANGE' && !isUnpaid(draft, claim)) return;
  if (claim.kind === 'EXCHANGE') {
    record(draft, 'exchange.done', id, [
      onClaim(id, { closed: 'DONE', outcomes: all(claim, 'SWAPPED') }),
      ...release(claim),
    ]);
    return;
  }
  const event = claim.kind === 'CANCEL' ? 'cancel.settle' : claim.kind === 'RETURN' ? 'return.settle' : 'reduce.settle';
  record(draft, event, id, claim.kind === 'REDUCE' ? reduce(draft, claim) : remove(draft, claim));
  amend(draft, [reverseVat(draft)]);
}

/**
 * Section 2.2: the booking of one claim can take the last open money from another, and a split the last piece that it
 * waited for. Nothing would close such a claim later (I21), so every command ends with this.
 */
export function closeIdle(draft: Draft): void {
  for (const { id, kind, closed } of draft.state.claims) if (!closed && kind !== 'RESHIP') closeIfDone(draft, id);
}

/** Of a cancel before payment nobody's fault has to be decided. */
function isUnpaid(draft: Draft, claim: Claim): boolean {
  const paidLess = claim.special.includes('PAID_LESS');
  return paidLess || unitsOf(draft.state, claim).every((unit) => unit.stage === 'UNPAID');
}

/** The end of units that leave the order: stage, free stock, coupons. */
function remove(draft: Draft, claim: Claim): Change[] {
  const { state } = draft;
  const units = unitsOf(state, claim);
  const changes: Change[] = [onClaim(claim.id, { closed: 'DONE', outcomes: all(claim, 'REFUNDED') })];
  for (const unit of units) changes.push(onUnit(unit.key, { hold: null, stage: lastStage(claim, unit) }));
  const cancelled = claim.kind === 'CANCEL' && !claim.special.includes('REOPENED');
  if (cancelled)
    changes.push(
      onStock(
        state,
        countSkus(
          units.filter(({ shipped }) => !shipped),
          1,
        ),
      ),
    );
  const coupons = restoredCoupons(state, draft.policy, removalOf(claim)!);
  if (coupons.length > 0)
    changes.push({
      on: 'order',
      set: {
        coupons: [...state.coupons, ...coupons],
        usableUntil: couponsUntil(state, draft.policy, coupons, draft.today),
      },
    });
  return changes;
}

function lastStage(claim: Claim, unit: Unit): Unit['stage'] {
  if (claim.special.includes('REOPENED')) return unit.stage;
  if (claim.kind === 'CANCEL') return 'CANCELLED';
  if (unit.place === 'LOST') return 'LOST_CLOSED';
  return claim.special.includes('NO_COLLECT') ? 'KEPT_REFUNDED' : 'RETURNED';
}

/** M16: what was refunded is added to `reduced`; stage and place stay. */
function reduce(draft: Draft, claim: Claim): Change[] {
  const changes: Change[] = [onClaim(claim.id, { closed: 'DONE', outcomes: all(claim, 'REDUCED') })];
  for (const { unit, tenders } of spreadReduction(unitsOf(draft.state, claim), claim.reduceBy))
    changes.push(onUnit(unit.key, { hold: null, reduced: addReduction(unit.reduced, tenders) }));
  return changes;
}

/** Frees the units of a claim. */
export function release(claim: Claim): Change[] {
  return claim.units.map((key) => onUnit(key, { hold: null }));
}

export function all(claim: Claim, outcome: Claim['outcomes'][string]): Claim['outcomes'] {
  return Object.fromEntries(claim.units.map((key) => [key, outcome]));
}

/** What the units of a claim are worth to the customer now: Σ (m − reduced). */
export function worthOfClaim(draft: Draft, claim: Claim): number {
  return unitsOf(draft.state, claim).reduce((sum, unit) => sum + worthOf(unit), 0);
}
