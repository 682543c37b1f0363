import type { Line } from '#orders/rules/order.ts';
import type { Refusal } from '#policies/rules/refusal.ts';
import type { Draft } from './draft.ts';
import { refusePolicy } from './find.ts';
import type { Unit, Wanted } from './state.ts';

/**
 * Policy exchangeOtherProduct (T21): whether an exchange may ask for another product, or only for another option of
 * the same. Judged where both products are known: the wanted one from a line of this order with its sku, or told with
 * the wish.
 */
export function checkProduct(draft: Draft, units: readonly Unit[], wanted: Wanted): Refusal | null {
  if (draft.policy.exchangeOtherProduct || draft.command.approved) return null;
  const { lines } = draft.state.order;
  const product = wanted.product ?? productOf(lines.find(({ sku }) => sku === wanted.sku));
  if (product === null) return null;
  const other = units.some((unit) => {
    const own = productOf(lines.find(({ id }) => id === unit.info.line));
    return unit.info.sku !== wanted.sku && own !== null && own !== product;
  });
  return other ? refusePolicy(draft, 'policy_forbids', 'T21', 'exchangeOtherProduct', ['return.request']) : null;
}

function productOf(line: Line | undefined): string | null {
  return line?.product ?? line?.productNo ?? null;
}
