import type { Benefit, Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { basisOf, type Removal } from './shipping-due.ts';
import type { State, Unit } from './state.ts';

/**
 * M8: what customers owe for benefits whose condition their withdrawals broke (policy couponBreak, bundleBreak).
 *
 * KEEP: nothing. RECLAIM: the shares of the units that are kept. Like shipping it is a function of the final
 * sets, so that it goes back when the kept units leave too. Units removed at another's fault count as kept:
 * only the buyer's own change of mind can break a condition.
 */
export function reclaimDue(state: State, policy: Policy, removal?: Removal): Won {
  if (policy.couponBreak === 'KEEP' && policy.bundleBreak === 'KEEP') return 0;
  let due = 0;
  for (const benefit of state.benefits)
    if (isReclaimed(state, policy, benefit, removal)) due += sharesKept(state, benefit, removal);
  return due;
}

/** Whether a benefit is taken back from the kept units; a coupon then returns to the customer (M9). */
export function isReclaimed(state: State, policy: Policy, benefit: Benefit, removal?: Removal): boolean {
  const mode = benefit.kind === 'BUNDLE' ? policy.bundleBreak : policy.couponBreak;
  if (mode === 'KEEP') return false;
  const stays = (unit: Unit) => !outOf(unit, removal)?.buyer;
  const units = touched(state, benefit);
  if (benefit.kind === 'BUNDLE') return !units.every(stays);
  if (benefit.kind !== 'PRODUCT_COUPON' && benefit.kind !== 'ORDER_COUPON') return false;
  const basis = (rows: readonly Unit[]) => rows.reduce((sum, unit) => sum + basisOf(state, policy, unit), 0);
  // A condition that the order never met cannot break.
  return basis(units) >= benefit.minPurchase && basis(units.filter(stays)) < benefit.minPurchase;
}

/** The pieces that a benefit touched, each through the one that stands for it now. */
export function touched(state: State, benefit: Benefit): Unit[] {
  return state.units.filter((unit) => unit.holder && benefit.units.includes(unit.info.root));
}

function sharesKept(state: State, benefit: Benefit, removal?: Removal): Won {
  return touched(state, benefit).reduce(
    (sum, unit) => sum + (outOf(unit, removal) ? 0 : (unit.benefits[benefit.id] ?? 0)),
    0,
  );
}

/** Whether and how a unit counts as removed. */
export function outOf(unit: Unit, removal?: Removal): { buyer: boolean } | null {
  return removal?.units.includes(unit.key) ? removal : unit.out;
}
