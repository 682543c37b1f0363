import { largestRemainder } from '#orders/rules/largest-remainder.ts';
import type { Won } from '#orders/rules/order.ts';
import { shareOf, worthOf } from './exchange-difference.ts';
import type { Money, Unit } from './state.ts';

/**
 * M16: a price reduction (감액) spread over the named units by what is left of each, then over the tenders of
 * each by what is left there. Nothing else moves: net, allocation and shipping due stay as they are.
 */
export function spreadReduction(units: readonly Unit[], amount: Won): { unit: Unit; won: Won; tenders: Money[] }[] {
  const parts = largestRemainder(amount, units.map(worthOf));
  return units.map((unit, index) => {
    const shares = shareOf(unit);
    const split = largestRemainder(
      parts[index]!,
      shares.map((share) => share.won),
    );
    const tenders = shares.map(({ tender }, at) => ({ tender, won: split[at]! })).filter(({ won }) => won > 0);
    return { unit, won: parts[index]!, tenders };
  });
}

/** The reduced amounts of a unit after a reduction is added. */
export function addReduction(reduced: Record<string, Won>, tenders: readonly Money[]): Record<string, Won> {
  const next = { ...reduced };
  for (const { tender, won } of tenders) next[tender] = (next[tender] ?? 0) + won;
  return next;
}
