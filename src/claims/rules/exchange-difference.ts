import type { Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Money, Unit, Wanted } from './state.ts';
import { inDeductOrder, type TenderKinds } from './tender-mode.ts';

/**
 * M10: price difference of one exchanged piece. Policy LIST: new price less old price; NET: new price less
 * what the customer paid for the old one. Positive: the customer pays; negative: it goes back, the fee first.
 */
export function priceDifference(policy: Policy, unit: Unit, wanted: Wanted): Won {
  return wanted.listPrice - (policy.exchangeDiff === 'NET' ? unit.net : unit.price);
}

/**
 * What a cheaper replacement lowers on each tender of the old piece, in the order of deduction.
 * It never lowers more than the piece was paid with.
 */
export function loweredShares(policy: Policy, kinds: TenderKinds, unit: Unit, difference: Won): Money[] {
  let left = Math.max(0, -difference);
  const lowered: Money[] = [];
  for (const { tender, won } of inDeductOrder(policy, kinds, shareOf(unit))) {
    const part = Math.min(left, won);
    if (part > 0) lowered.push({ tender, won: part });
    left -= part;
  }
  return lowered;
}

/** What is left of a piece on each tender: its frozen share less what was reduced (M16). */
export function shareOf(unit: Unit): Money[] {
  const shares: Money[] = [];
  for (const tender in unit.tenders) {
    const won = unit.tenders[tender]! - (unit.reduced[tender] ?? 0);
    if (won > 0) shares.push({ tender, won });
  }
  return shares;
}

/** m − reduced of a piece. */
export function worthOf(unit: Unit): Won {
  let worth = unit.net;
  for (const tender in unit.reduced) worth -= unit.reduced[tender]!;
  return worth;
}
