import { type Day, kstDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Claim } from './state.ts';

/** What an open claim waits for, who has to act, and until when (I21). */
export type Wait = { what: string; owner: 'A' | 'M' | 'L' | 'S' | 'C'; until: Day; how?: 'LINK' | 'DEPOSIT' };

/**
 * I21: every wait of an open claim has an owner and a deadline; the exceptions desk (C5) lists what is past.
 * Answers at least one wait for an open claim, none for a closed one. What deductions do not cover (M6) is asked for
 * as the policy's feeMethod says: by a payment link (also for DEDUCT), or from the customer's deposit.
 */
export function waitsOf(claim: Claim, policy: Policy): Wait[] {
  if (claim.closed) return [];
  const since = kstDay(claim.collection.since);
  const opened = kstDay(claim.openedAt);
  const how = policy.feeMethod === 'DEPOSIT' ? 'DEPOSIT' : 'LINK';
  const waits: Wait[] = [];
  if (claim.hold) waits.push({ what: claim.hold.reason, owner: 'M', until: claim.hold.until ?? opened });
  if (claim.quoteState === 'CONSENT_MISSING')
    waits.push({ what: 'quote.accept', owner: 'A', until: claim.dueOn ?? opened + 1 });
  for (const fee of claim.fees)
    if (fee.state === 'DUE') waits.push({ what: `fee ${fee.kind}`, owner: 'C', until: kstDay(fee.dueSince) + 14, how });
  waits.push(...stateWait(claim, policy, since, opened));
  return waits;
}

function stateWait(claim: Claim, policy: Policy, since: Day, opened: Day): Wait[] {
  switch (claim.state) {
    case 'REQ':
      return [{ what: 'accept', owner: claim.kind === 'CANCEL' ? 'L' : 'A', until: opened + 1 }];
    case 'ACC':
    case 'COL':
      return [{ what: 'arrive', owner: 'L', until: since + policy.uncollectedDays }];
    case 'INS':
      return [{ what: 'inspect', owner: claim.failed ? 'A' : 'L', until: since + policy.inspectDays }];
    case 'RED':
      return [{ what: claim.exiting ? 'send back' : 'ship', owner: 'L', until: since + policy.lostAfterDays }];
    default:
      return [{ what: 'refund', owner: claim.fault === 'UNDECIDED' ? 'A' : 'S', until: claim.dueOn ?? opened + 3 }];
  }
}
