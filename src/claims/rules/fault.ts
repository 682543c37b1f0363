import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone } from './closing.ts';
import { claimOf, type Draft, onClaim, record } from './draft.ts';
import { chargeExchange } from './exchange-fees.ts';
import { checkUndoable, needEvidence, refuseClaim } from './find.ts';
import { isBuyers } from './pickup-fee.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Claim } from './state.ts';

/**
 * T38 귀책변경: a fresh quote under the new fault; worse for the customer needs a manager's yes, and their
 * consent (T43) before it runs.
 */
export function changeFault(draft: Draft): Refusal | string | null {
  const fault = draft.command.fault!;
  const claim = claimFor(draft, 'fault.change', (row) => row.fault === fault && !row.closed);
  if (claim === null) return draft.command.claim ?? draft.state.claims.findLast((row) => !row.closed)?.id ?? null;
  if (isRefusal(claim)) return claim;
  if (claim.exiting || claim.kind === 'RESHIP') return refuseClaim('wrong_state', 'T38', claim);
  if (claim.kind === 'REDUCE' && isBuyers(fault)) return refuseClaim('wrong_state', 'M16', claim);
  const started = checkUndoable(claim, 'T38') ?? needEvidence(draft, 'T38');
  if (started) return started;
  const against = isBuyers(fault) && !isBuyers(claim.fault);
  if (against && !draft.command.approved)
    return refuse('approval_required', 'T38', {
      approve: [{ role: 'manager', withinMinutes: 240 }],
      evidence: ['finding'],
    });
  if (against) draft.grant = 'APPROVAL';
  record(draft, 'fault.change', claim.id, [onClaim(claim.id, { fault })]);
  requote(draft, claimOf(draft.state, claim.id));
  return claim.id;
}

function requote(draft: Draft, claim: Claim): void {
  if (claim.booked) settle(draft, claim.id);
  else {
    quoteAgain(draft, claim.id, false);
    const now = claimOf(draft.state, claim.id);
    if (now.kind === 'EXCHANGE' && now.accepted) chargeExchange(draft, claim.id);
  }
  closeIfDone(draft, claim.id);
}
