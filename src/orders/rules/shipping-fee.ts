import type { Group, Won } from './order.ts';

/**
 * The shipping fee of a group by its kind (배송비 유형), before what was paid is considered.
 *
 * `basis`: what counts towards a free or tiered amount; `count`: how many pieces count for a quantity;
 * `out`: the fee of a parcel that left although nothing was kept (M4, case 3).
 */
export function shippingFee(group: Group, basis: Won, count: number, out = false): Won {
  if (group.feeKind === 'COD') return 0;
  if (group.feeKind === 'PER_QTY') return group.baseFee * Math.ceil(count / group.n);
  if (group.feeKind === 'TIERED' && group.by === 'QTY') return step(group, count);
  if (out) return group.baseFee;
  if (group.feeKind === 'TIERED') return step(group, basis);
  return group.freeThreshold !== null && basis >= group.freeThreshold ? 0 : group.baseFee;
}

function step(group: Group, value: number): Won {
  let fee = group.steps[0]?.fee ?? group.baseFee;
  for (const row of group.steps) if (value >= row.from) fee = row.fee;
  return fee;
}
