import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone, worthOfClaim } from './closing.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record } from './draft.ts';
import { needEvidence, needYes, refuseClaim } from './find.ts';
import { owedBy } from './receivables.ts';
import { settle } from './settling.ts';

/**
 * T13 회수분실: goods lost after the hand-over count as inspected, the clock runs from the hand-over, and the
 * carrier owes what they were worth. An exchange ships its replacement.
 */
export function loseCollection(draft: Draft): Refusal | string | null {
  const happened = draft.state.claims.findLast((row) => row.collection.state === 'LOST');
  const claim = claimFor(draft, 'collect.lost', (row) => row.collection.state === 'LOST');
  if (claim === null) return draft.command.claim ?? happened?.id ?? null;
  if (isRefusal(claim)) return claim;
  if (claim.exiting) return refuseClaim('wrong_state', 'T13', claim);
  const refusal = needEvidence(draft, 'T13') ?? needYes(draft, 'T13', null, ['manager'], 240);
  if (refusal) return refusal;
  const worth = worthOfClaim(draft, claim);
  record(draft, 'collect.lost', claim.id, [
    onClaim(claim.id, {
      collection: { ...claim.collection, state: 'LOST', since: draft.now },
      waived: true,
      failed: false,
    }),
    ...claim.units.map((key) => onUnit(key, { place: 'LOST' })),
    ...owedBy(draft, 'CARRIER', worth, claim.id),
  ]);
  amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, claim.id))]);
  settle(draft, claim.id);
  closeIfDone(draft, claim.id);
  return claim.id;
}
