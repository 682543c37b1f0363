import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { acceptIfAllowed } from './accept.ts';
import { claimFor } from './claim-for.ts';
import { amend, claimOf, type Draft, onClaim, record } from './draft.ts';
import { checkUndoable, needEvidence, needYes, refuseClaim, refusePolicy, unitsNamed } from './find.ts';
import { openClaim } from './new-claim.ts';
import { judge, REASON_CODES } from './reasons.ts';
import { checkRefunds, makePayments } from './refund.ts';
import { checkUnits } from './request.ts';
import { cashOf } from './set-off.ts';
import { settle } from './settling.ts';
import type { Claim } from './state.ts';

/**
 * T29 선환불: the refund is made before the goods are back; they stand as a contingent debt until they are.
 * For a slow delivery (stage SHIPPED, units named) the same command opens the return.
 */
export function preRefund(draft: Draft): Refusal | string | null {
  if (draft.policy.preRefund.allowed === 'OFF') return refusePolicy(draft, 'policy_forbids', 'T29', 'preRefund');
  const claim = opened(draft);
  if (claim === null || isRefusal(claim)) return claim;
  if (claim.failed || claim.exiting) return refuseClaim('wrong_state', 'T29', claim);
  if (claim.fault === 'UNDECIDED') return refuseClaim('fault_undecided', 'T29', claim);
  if (claim.quoteState !== 'CURRENT') return refuse('consent_missing', 'I32', { possible: ['quote.accept'] });
  const { autoLimit } = draft.policy.preRefund;
  const within = claim.quote.refund <= autoLimit ? 'preRefund.autoLimit' : null;
  const roles = claim.quote.refund > 300_000 ? ['manager', 'partner', 'md', 'head'] : ['manager', 'partner', 'md'];
  const refusal =
    checkUndoable(claim, 'T29') ?? needEvidence(draft, 'T29') ?? needYes(draft, 'T29', within, roles, 240);
  if (refusal) return refusal;
  record(draft, 'preRefund', claim.id, [onClaim(claim.id, { special: [...claim.special, 'PRE_REFUND'] })]);
  settle(draft, claim.id);
  return advance(draft, claim.id);
}

/** The claim that gets its refund early; a return of units still on their way is opened here. */
function opened(draft: Draft): Claim | Refusal | null {
  const { units: refs, claim: id } = draft.command;
  const done = (row: Claim) => row.special.includes('PRE_REFUND');
  if (!refs || id !== undefined) return claimFor(draft, 'preRefund', done);
  const units = unitsNamed(draft, refs);
  if (isRefusal(units)) return units;
  const held = draft.state.claims.find((row) => row.id === units[0]!.hold);
  if (held && units.every((unit) => unit.hold === held.id)) {
    draft.command = { ...draft.command, claim: held.id };
    return claimFor(draft, 'preRefund', done);
  }
  const refusal = checkUnits(draft, 'T29', units);
  if (refusal) return refusal;
  const late = units.find((unit) => unit.stage !== 'SHIPPED');
  if (late) return refuse('wrong_stage', 'T29', { what: `${late.key} ${late.stage}`, possible: ['return.request'] });
  const reason = REASON_CODES.includes(draft.command.reason ?? '') ? draft.command.reason! : 'LATE';
  const claim = openClaim(draft, 'return.request', units, { kind: 'RETURN', ...judge(reason, undefined), reason });
  return acceptIfAllowed(draft, claim.id) ?? claimOf(draft.state, claim.id);
}

function advance(draft: Draft, id: string): Refusal | string {
  const claim = claimOf(draft.state, id);
  if (claim.quoteState !== 'CURRENT') return refuse('consent_missing', 'I32', { possible: ['quote.accept'] });
  // Deductions leave nothing to refund: nothing can be advanced.
  if (claim.refunds.length === 0) return refuseClaim('nothing_ready', 'T29', claim);
  const refusal = checkRefunds(draft, claim, claim.refunds);
  if (refusal) return refusal;
  // What can only be set off is in the customer's hands already.
  const short = claim.refunds.find(({ tender, amount }) => cashOf(draft.state, tender, amount) < amount);
  if (short) return refuse('over_capture', 'I3', { what: short.tender });
  const amount = claim.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  makePayments(draft, claim, claim.refunds, 0);
  amend(draft, [onClaim(id, { advance: { at: draft.now, amount } })]);
  return id;
}
