import { businessDayAfter, dateText, kstDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Claim, State } from './state.ts';

/**
 * The KST date on which the customer should see each tender's money (입금 예정), null until it is refunded or
 * when nobody can say. A card that is cancelled before its purchase (매입 전), so before shipping, is at once.
 */
export function visibleOn(state: State, policy: Policy, claim: Claim): Record<string, string | null> {
  const dates: Record<string, string | null> = {};
  for (const tender of Object.keys(claim.quote.perTender)) {
    const refund = claim.refunds.find((row) => row.tender === tender);
    const kind = state.tenders.find((row) => row.id === tender)?.kind ?? 'MALL';
    const early = claim.kind === 'CANCEL' && kind === 'CARD';
    const days = policy.visibleBy[early ? 'CARD_BEFORE_PURCHASE' : kind] ?? null;
    dates[tender] =
      refund?.executedAt && days !== null
        ? dateText(businessDayAfter(kstDay(refund.executedAt), days, policy.businessCalendar))
        : null;
  }
  return dates;
}
