import { businessDayAfter, type Day, kstDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { onClaim } from './draft.ts';
import type { Change } from './event.ts';
import type { Claim, State } from './state.ts';

const REFUND_DAYS = 3;

/**
 * From when the refund clock runs (전자상거래법 §18②: three business days). Goods supplied: the day they are
 * back, or of the declaration when later; not supplied: the day of the declaration; stock-out: the day of
 * payment (§15②). Null while it is not known, and for what is no withdrawal.
 */
export function anchorOf(state: State, claim: Claim): Day | null {
  if (claim.kind === 'REDUCE' || claim.kind === 'RESHIP' || claim.kind === 'EXCHANGE') return null;
  if (state.paidAt === null && state.tenders.every((tender) => tender.captured === 0)) return null;
  const declaredOn = kstDay(claim.declaredAt);
  if (claim.kind === 'CANCEL')
    return claim.basis === 'A15_2' && state.paidAt !== null ? kstDay(state.paidAt) : declaredOn;
  const { collection } = claim;
  if (collection.state === 'LOST') return Math.max(kstDay(collection.pickedUpAt ?? collection.since), declaredOn);
  if (collection.returnedAt !== null) return Math.max(kstDay(collection.returnedAt), declaredOn);
  return collection.state === 'NONE' ? Math.max(declaredOn, kstDay(collection.since)) : null;
}

/** Sets the anchor and the last day of a claim's refund from where the claim stands. */
export function setDeadline(state: State, policy: Policy, claim: Claim): Change {
  const anchorOn = anchorOf(state, claim);
  const dueOn = anchorOn === null ? null : businessDayAfter(anchorOn, REFUND_DAYS, policy.businessCalendar);
  return onClaim(claim.id, { anchorOn, dueOn });
}
