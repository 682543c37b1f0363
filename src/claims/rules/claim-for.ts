import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { isSwapped } from './claim-state.ts';
import type { Draft } from './draft.ts';
import { checkRow, namedClaim, refuseClaim, unitsInClaim } from './find.ts';
import { splitOff } from './split.ts';
import type { Claim } from './state.ts';
import { transitionOf } from './transitions.ts';

/**
 * The claim for an event, held to the event's row of section 2.3. A part of its units is split off first
 * (T39), so that the event happens to these only. `happened`: the event has already happened, which is fine.
 */
export function claimFor(draft: Draft, event: string, happened?: (claim: Claim) => boolean): Claim | Refusal | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (happened?.(claim)) return null;
  const refusal = checkRow(claim, event) ?? checkReopened(claim, event) ?? checkSwapped(claim, event);
  if (refusal) return refusal;
  return narrow(draft, claim);
}

const MONEY_EVENTS = [
  'return.accept',
  'cancel.accept',
  'fault.change',
  'withdraw',
  'claim.hold',
  'claim.release',
  'quote.accept',
  'claim.reject',
];

/** A claim reopened after its goods were settled (T28) is about money only. */
function checkReopened(claim: Claim, event: string): Refusal | null {
  if (!claim.special.includes('REOPENED') || MONEY_EVENTS.includes(event)) return null;
  return refuseClaim('wrong_state', 'T28', claim, 'REOPENED');
}

const BEFORE_SWAP = [
  'withdraw',
  'withdraw.late',
  'claim.reject',
  'return.reject',
  'convert.toReturn',
  'exchange.change',
  'exchange.expire',
  'fault.change',
];

function checkSwapped(claim: Claim, event: string): Refusal | null {
  return isSwapped(claim) && BEFORE_SWAP.includes(event)
    ? refuseClaim('already_shipped', transitionOf(event).id, claim)
    : null;
}

function narrow(draft: Draft, claim: Claim): Claim | Refusal {
  const keys = unitsInClaim(draft, claim);
  if (isRefusal(keys)) return keys;
  if (keys.length < claim.units.length && claim.special.includes('REOPENED'))
    return refuseClaim('wrong_state', 'T28', claim, 'units');
  // What goes back goes back in one parcel, whose delivery ends one claim.
  if (keys.length < claim.units.length && claim.exiting) return refuseClaim('wrong_state', 'T39', claim, 'units');
  return keys.length === claim.units.length ? claim : splitOff(draft, claim, keys);
}

/** T39: moves some units of a claim to a claim of their own; both share the pick-up and its fee. */
export function splitClaim(draft: Draft): Refusal | string {
  const before = draft.events.length;
  const claim = claimFor(draft, 'claim.split');
  if (isRefusal(claim) || claim === null) return claim ?? '';
  // Naming all units leaves nothing to split.
  if (draft.events.length === before) return refuseClaim('bad_input', 'T39', claim, 'units');
  return claim.id;
}
