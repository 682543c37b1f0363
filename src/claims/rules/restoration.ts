import type { Policy } from '#policies/rules/parameters.ts';
import { isReclaimed, outOf, touched } from './broken-condition.ts';
import type { Removal } from './shipping-due.ts';
import type { Money, State } from './state.ts';

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

/** M9: points that return to their lots: what goes back to tenders that are points. */
export function restoredPoints(state: State, refunds: readonly Money[]): number {
  let points = 0;
  for (const { tender, won } of refunds)
    if (state.tenders.some((row) => row.id === tender && row.kind === 'POINT')) points += won;
  return points;
}
