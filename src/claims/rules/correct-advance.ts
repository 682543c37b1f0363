import { closeIfDone } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, unitOf } from './draft.ts';
import { EMPTY_QUOTE } from './quote.ts';
import { followMoney } from './reopen.ts';
import { settle } from './settling.ts';
import type { Fault } from './state.ts';

/**
 * T29, T14: what the inspection finds after the refund was advanced. Another fault, or use (M12), is settled in a claim
 * that follows, about money only: what was taken too much goes back, what was refunded too much is due once the
 * customer agrees (T43).
 */
export function correctAdvance(draft: Draft, id: string, finding: Fault | null, usage: number): void {
  const claim = claimOf(draft.state, id);
  const fault = finding ?? claim.fault;
  if (claim.closed !== 'DONE' || (fault === claim.fault && usage === 0)) return;
  if (claim.units.some((key) => unitOf(draft.state, key).out?.claim !== id)) return;
  const next = followMoney(draft, 'inspect.pass', claim, ['REOPENED'], { fault, usage });
  amend(draft, [onClaim(next.id, { accepted: true, acceptedSeq: draft.state.version, consented: EMPTY_QUOTE })]);
  settle(draft, next.id);
  closeIfDone(draft, next.id);
}
