import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { type Draft, unitsOf } from './draft.ts';
import { checkUndoable, needEvidence, needYes, refuseClaim } from './find.ts';
import type { Claim } from './state.ts';
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
  const refusal = checkUndoable(claim, 'T17a') ?? needEvidence(draft, 'T17a');
  return refusal ?? leave(draft, claim, 'claim.reject', 'REJ');
}

/** A withdrawal by law: declared inside its window (the basis says so), no exception proven for every unit. */
function isRight(draft: Draft, claim: Claim): boolean {
  if (claim.basis !== 'A17_1' && claim.basis !== 'A17_3' && claim.basis !== 'A15_2') return false;
  const proven = claim.basis === 'A17_1' && unitsOf(draft.state, claim).every((unit) => unit.info.exceptionProven);
  return !proven;
}
