import type { Won } from '#orders/rules/order.ts';
import type { Day } from '#policies/rules/calendar.ts';

const PERCENT = 15;
const DAYS_PER_CENT = 36_500;

/**
 * M13: interest on a refund that is made after its last day: 15 % a year (전자상거래법 §18②, 시행령 §21의3),
 * for the calendar days after `dueOn` until the day on which the refund is made. Its own account, never
 * mixed with the refund. Policy interestRounding.
 */
export function delayInterest(amount: Won, dueOn: Day | null, madeOn: Day, rounding: 'FLOOR' | 'ROUND' = 'FLOOR'): Won {
  if (dueOn === null || madeOn <= dueOn || amount <= 0) return 0;
  const product = BigInt(amount) * BigInt(PERCENT * (madeOn - dueOn));
  const half = rounding === 'ROUND' ? BigInt(DAYS_PER_CENT / 2) : 0n;
  return Number((product + half) / BigInt(DAYS_PER_CENT));
}
