import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import type { Draft } from './draft.ts';
import { worthOf } from './exchange-difference.ts';
import { needEvidence, needYes, unitsNamed } from './find.ts';
import { openClaim } from './new-claim.ts';
import { judge, REASON_CODES } from './reasons.ts';
import { settle } from './settling.ts';

/** T42 감액 환불: the goods stay, part of the price goes back; never for the buyer's own fault (M16). */
export function reducePrice(draft: Draft): Refusal | string | null {
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  for (const unit of units) {
    if (unit.hold !== null) return refuse('unit_held', 'T42', { what: `${unit.key} ${unit.hold}` });
    if (unit.stage !== 'DELIVERED' && unit.stage !== 'CONFIRMED')
      return refuse('wrong_stage', 'T42', { what: `${unit.key} ${unit.stage}` });
  }
  const reason = draft.command.reason!;
  if (!REASON_CODES.includes(reason)) return refuse('bad_input', 'T42', { what: 'reason' });
  const { fault, basis } = judge(reason, draft.command.fault);
  if (fault === 'UNDECIDED') return refuse('fault_undecided', 'M16', { what: reason });
  if (fault === 'BUYER') return refuse('wrong_state', 'M16', { what: reason, possible: ['return.request'] });
  const amount = draft.command.amount!;
  const most = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  if (amount >= most)
    return refuse('amount_out_of_range', 'M16', { what: `${amount} ≥ ${most}`, possible: ['return.request'] });
  const within = amount <= draft.policy.reduceAgentLimit ? 'reduceAgentLimit' : null;
  const refusal = needEvidence(draft, 'T42') ?? needYes(draft, 'T42', within, ['manager'], 540);
  if (refusal) return refusal;
  const claim = openClaim(draft, 'price.reduce', units, {
    kind: 'REDUCE',
    fault,
    basis,
    reason,
    reduceBy: amount,
    accepted: true,
    acceptedSeq: draft.state.version,
    state: 'SET',
  });
  settle(draft, claim.id);
  return claim.id;
}
