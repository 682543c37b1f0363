import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import type { Draft } from './draft.ts';
import { checkRow, namedClaim, refuseClaim, unitsInClaim } from './find.ts';
import { splitOff } from './split.ts';
import type { Claim } from './state.ts';

/**
 * The claim for an event, held to the event's row of section 2.3. A part of its units is split off first
 * (T39), so that the event happens to these only. `happened`: the event has already happened, which is fine.
 */
export function claimFor(draft: Draft, event: string, happened?: (claim: Claim) => boolean): Claim | Refusal | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (happened?.(claim)) return null;
  const refusal = checkRow(claim, event);
  if (refusal) return refusal;
  return narrow(draft, claim);
}

function narrow(draft: Draft, claim: Claim): Claim | Refusal {
  const keys = unitsInClaim(draft, claim);
  if (isRefusal(keys)) return keys;
  return keys.length === claim.units.length ? claim : splitOff(draft, claim, keys);
}

/** T39: moves some units of a claim to a claim of their own; both share the pick-up and its fee. */
export function splitClaim(draft: Draft): Refusal | string {
  const before = draft.events.length;
  const claim = claimFor(draft, 'claim.split');
  if (isRefusal(claim) || claim === null) return claim ?? '';
  // Naming all units leaves nothing to split.
  return draft.events.length === before ? refuseClaim('bad_input', 'T39', claim, 'units') : claim.id;
}
