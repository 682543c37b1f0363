import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone, worthOfClaim } from './closing.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, record } from './draft.ts';
import { needYes, refuseClaim } from './find.ts';
import { settle } from './settling.ts';

/** T31 회수생략: refunded without the goods, up to noCollectLimit or with a yes; the customer keeps them. */
export function skipCollection(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'noCollect', (row) => row.special.includes('NO_COLLECT'));
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (claim.advance) return refuseClaim('refund_started', 'T31', claim);
  const worth = worthOfClaim(draft, claim);
  const refusal = needYes(
    draft,
    'T31',
    worth <= draft.policy.noCollectLimit ? 'noCollectLimit' : null,
    ['manager'],
    240,
  );
  if (refusal) return refusal;
  record(draft, 'noCollect', claim.id, [
    onClaim(claim.id, {
      collection: { ...claim.collection, method: 'NONE', state: 'NONE', since: draft.now },
      special: [...claim.special, 'NO_COLLECT'],
    }),
  ]);
  amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, claim.id))]);
  settle(draft, claim.id);
  closeIfDone(draft, claim.id);
  return claim.id;
}
