import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { type Draft, unitsOf } from './draft.ts';
import { checkUndoable, needEvidence, needYes, refuseClaim } from './find.ts';
import type { Claim } from './state.ts';
import { isStatutory } from './window.ts';
import { leave, sendBack } from './withdraw.ts';

/**
 * T17 반품거부: the goods failed and go back unrefunded. Needs the photo, the proof of notice (§17⑥) and a yes;
 * the burden of proof is the seller's (전자상거래법 §17⑤).
 */
export function rejectReturn(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'return.reject', (row) => row.closed === 'REJ' || row.exiting === 'REJ');
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (claim.advance) return refuseClaim('refund_started', 'T17', claim);
  if (!claim.failed && claim.basis !== 'GOODWILL') return refuseClaim('exception_unproven', 'T17', claim);
  const proven = unitsOf(draft.state, claim).every((unit) => unit.info.exceptionProven);
  if (!proven && claim.basis !== 'GOODWILL' && !draft.command.evidence)
    return refuseClaim('exception_unproven', 'T17', claim);
  const refusal =
    checkUndoable(claim, 'T17') ?? needEvidence(draft, 'T17') ?? needYes(draft, 'T17', null, ['manager'], 540);
  return refusal ?? sendBack(draft, claim, 'return.reject', 'REJ');
}

/** T17a 접수거부: before anything moved. Never inside a statutory right without a proven exception (I23). */
export function rejectClaim(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'claim.reject', (row) => row.closed === 'REJ');
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (isRight(draft, claim))
    return refuse('exception_unproven', 'I23', { possible: ['return.accept', 'cancel.accept', 'exchange.accept'] });
  if (hasMoved(claim)) return refuseClaim('wrong_state', 'T17a', claim, claim.collection.state);
  const refusal = checkUndoable(claim, 'T17a') ?? needEvidence(draft, 'T17a');
  return refusal ?? leave(draft, claim, 'claim.reject', 'REJ');
}

/** Collection past BOOKED: the goods are on their way, here, or lost, and are inspected or sent back (T17, T25). */
function hasMoved({ collection }: Claim): boolean {
  return collection.state === 'PICKED_UP' || collection.state === 'ARRIVED' || collection.state === 'LOST';
}

/**
 * A withdrawal by law: for a defect, or declared inside the window of §17① without a proven exception. Inside
 * it no reason is needed, so that one of the contract (LATE) takes nothing away.
 */
function isRight(draft: Draft, claim: Claim): boolean {
  if (claim.kind === 'EXCHANGE' || claim.basis === 'GOODWILL') return false;
  if (claim.basis === 'A17_3' || claim.basis === 'A15_2') return true;
  const day = kstDay(claim.declaredAt);
  return unitsOf(draft.state, claim).some((unit) => isStatutory(draft.state, draft.policy, unit, 'A17_1', day));
}
