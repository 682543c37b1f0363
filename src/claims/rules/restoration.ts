import { type Day, kstDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { isReclaimed, outOf, touched } from './broken-condition.ts';
import { isBuyers } from './pickup-fee.ts';
import type { Removal } from './shipping-due.ts';
import type { Fault, Money, State } from './state.ts';

/**
 * M9: coupons that come back: each once, when every piece it touched is out, or when its benefit was
 * reclaimed (M8). A coupon with `restoreRule` NEVER stays used.
 */
export function restoredCoupons(state: State, policy: Policy, removal: Removal): string[] {
  const coupons: string[] = [];
  for (const benefit of state.benefits) {
    if (benefit.kind !== 'PRODUCT_COUPON' && benefit.kind !== 'ORDER_COUPON') continue;
    if (benefit.restoreRule === 'NEVER' || state.coupons.includes(benefit.id)) continue;
    const units = touched(state, benefit);
    const used = units.every((unit) => outOf(unit, removal));
    const now = units.some((unit) => removal.units.includes(unit.key));
    if (now && (used || isReclaimed(state, policy, benefit, removal))) coupons.push(benefit.id);
  }
  return coupons.sort();
}

/** Until when what comes back can be used: its old expiry, or when that is past some more days; null: for ever. */
export function usableUntil(expiresAt: number | null | undefined, today: Day, moreDays: number): Day | null {
  if (expiresAt === null || expiresAt === undefined) return null;
  return Math.max(kstDay(expiresAt), kstDay(expiresAt) < today ? today + moreDays : 0);
}

/** M9: the expiry of coupons that come back; one that has expired lives couponRestoreDays more. */
export function couponsUntil(
  state: State,
  policy: Policy,
  coupons: readonly string[],
  today: Day,
): State['usableUntil'] {
  const until = { ...state.usableUntil };
  for (const id of coupons) {
    const day = usableUntil(state.benefits.find((row) => row.id === id)?.expiresAt, today, policy.couponRestoreDays);
    if (day !== null) until[id] = day;
  }
  return until;
}

const EXPIRED_LOT_DAYS = 30;

/**
 * M9: points return to their lots with the old expiry; an expired lot lives 30 days more when the fault is not the
 * buyer's, else expiredPointDays.
 */
export function pointsUntil(
  state: State,
  policy: Policy,
  tender: string,
  fault: Fault,
  today: Day,
): State['usableUntil'] {
  const lot = state.order.tenders.find((row) => row.id === tender);
  const days = isBuyers(fault) ? policy.expiredPointDays : Math.max(EXPIRED_LOT_DAYS, policy.expiredPointDays);
  const day = usableUntil(lot?.expiresAt, today, days);
  return day === null ? state.usableUntil : { ...state.usableUntil, [tender]: day };
}

/** M9: points that return to their lots: what goes back to tenders that are points. */
export function restoredPoints(state: State, refunds: readonly Money[]): number {
  let points = 0;
  for (const { tender, won } of refunds)
    if (state.tenders.some((row) => row.id === tender && row.kind === 'POINT')) points += won;
  return points;
}
