import { isBeforeShipping } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone, worthOfClaim } from './closing.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, record, unitsOf } from './draft.ts';
import { chargeExchange } from './exchange-fees.ts';
import { needYes, refuseClaim, refusePolicy } from './find.ts';
import { settle } from './settling.ts';
import type { Claim } from './state.ts';

/** T2 취소승인 and T8 승인, as commands. */
export function acceptClaim(draft: Draft): Refusal | string | null {
  const { type, by } = draft.command;
  const accepted = (claim: Claim) => claim.accepted && transitionKind(type) === claim.kind;
  const claim = claimFor(draft, type, accepted);
  if (claim === null) return draft.state.claims.findLast(accepted)?.id ?? null;
  if (isRefusal(claim)) return claim;
  if (claim.kind === 'CANCEL') {
    const grace = draft.policy.stopShipGraceMin * 60_000;
    const preparing = unitsOf(draft.state, claim).some((unit) => unit.stage === 'PREPARING');
    if (by === 'SYSTEM' && preparing && draft.now < claim.openedAt + grace)
      return refusePolicy(draft, 'too_early', 'T2', 'stopShipGraceMin', ['cancel.tooLate', 'withdraw']);
    return acceptCancel(draft, claim.id);
  }
  if (claim.fault === 'UNDECIDED' && !draft.policy.faultUndecidedAllowed)
    return refuseClaim('fault_undecided', 'T8', claim);
  return accept(draft, claim.id);
}

function transitionKind(type: string): Claim['kind'] {
  return type === 'cancel.accept' ? 'CANCEL' : type === 'return.accept' ? 'RETURN' : 'EXCHANGE';
}

/** T2: the cancel settles; its refund is ready, the clock runs from the declaration. */
export function acceptCancel(draft: Draft, id: string): string {
  const claim = claimOf(draft.state, id);
  record(draft, 'cancel.accept', id, [onClaim(id, { accepted: true, acceptedSeq: draft.state.version })]);
  amend(draft, [setDeadline(draft.state, draft.policy, claim)]);
  settle(draft, id);
  closeIfDone(draft, id);
  return id;
}

/** By itself at a cancel: PAID and UNPAID units at once (policy autoAcceptCancel); PREPARING ones wait for the stop. */
export function acceptCancelIfAllowed(draft: Draft, id: string): void {
  const early = unitsOf(draft.state, claimOf(draft.state, id)).every(
    (unit) => isBeforeShipping(unit.stage) && unit.stage !== 'PREPARING',
  );
  if (early && draft.policy.autoAcceptCancel) acceptCancel(draft, id);
}

/**
 * T8: the pick-up is booked; what an exchange costs is due. A return without goods to collect settles at once.
 */
export function accept(draft: Draft, id: string): Refusal | string {
  const claim = claimOf(draft.state, id);
  if (claim.special.includes('REOPENED')) return acceptMoney(draft, claim);
  if (claim.collection.method === 'NONE' && claim.kind === 'RETURN') return acceptWithoutGoods(draft, claim);
  const event = claim.kind === 'RETURN' ? 'return.accept' : 'exchange.accept';
  const { collection } = claim;
  const booked =
    collection.state === 'NONE' ? { ...collection, state: 'BOOKED' as const, since: draft.now } : collection;
  record(draft, event, id, [onClaim(id, { accepted: true, acceptedSeq: draft.state.version, collection: booked })]);
  if (claim.kind === 'EXCHANGE') chargeExchange(draft, id);
  return id;
}

/** A claim that was reopened after its goods were settled has nothing to collect: its money is ready. */
function acceptMoney(draft: Draft, { id }: Claim): string {
  record(draft, 'return.accept', id, [onClaim(id, { accepted: true, acceptedSeq: draft.state.version })]);
  settle(draft, id);
  closeIfDone(draft, id);
  return id;
}

/** T31 within T8: `method` NONE asks for a refund without collection, which needs its own yes or a small value. */
function acceptWithoutGoods(draft: Draft, claim: Claim): Refusal | string {
  const small = worthOfClaim(draft, claim) <= draft.policy.noCollectLimit && claim.fault !== 'UNDECIDED';
  const refusal = needYes(draft, 'T31', small ? 'noCollectLimit' : null, ['manager'], 240);
  if (refusal) return refusal;
  const collection = { ...claim.collection, since: draft.now };
  const special = [...claim.special, 'NO_COLLECT'];
  record(draft, 'return.accept', claim.id, [
    onClaim(claim.id, { accepted: true, acceptedSeq: draft.state.version, collection, special }),
  ]);
  amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, claim.id))]);
  settle(draft, claim.id);
  closeIfDone(draft, claim.id);
  return claim.id;
}

/** By itself at a request (policies autoAcceptReturn, faultUndecidedAllowed); a proven exception waits for a person. */
export function acceptIfAllowed(draft: Draft, id: string): Refusal | null {
  const claim = claimOf(draft.state, id);
  const { autoAcceptReturn: mode, faultUndecidedAllowed } = draft.policy;
  const buyers = claim.fault === 'BUYER' || claim.fault === 'UNDECIDED';
  if (mode === 'NONE' || (mode === 'SELLER_FAULT_ONLY' && buyers)) return null;
  if (claim.fault === 'UNDECIDED' && !faultUndecidedAllowed) return null;
  if (buyers && unitsOf(draft.state, claim).some((unit) => unit.info.exceptionProven)) return null;
  const answer = accept(draft, id);
  return isRefusal(answer) ? answer : null;
}
