import { amend, claimOf, type Draft, onClaim } from './draft.ts';
import { feesOf } from './fees.ts';
import { settlementOf } from './settlement.ts';

/** M5, M10: what an accepted exchange costs is due at once, since it ships only when that is paid (T22). */
export function chargeExchange(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  const settlement = settlementOf(draft.state, draft.policy, claim);
  const fees = feesOf(settlement, claim.fees, draft.now).filter((fee) => fee.state !== 'DEDUCTED');
  amend(draft, [onClaim(id, { fees })]);
}
