import type { Group, Won } from '#orders/rules/order.ts';
import { shippingFee } from '#orders/rules/shipping-fee.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { State, Unit } from './state.ts';

/** Units that a claim would remove, and whether at the buyer's fault. */
export type Removal = { units: readonly string[]; buyer: boolean };

/**
 * M4: what shipping of a group costs for the sets of units that are kept and removed.
 *
 * A function of the final sets only, so the order of claims cannot matter (I12). Pieces removed at another's
 * fault count as kept for an amount: a seller's fault never loses free shipping. For a quantity, the box that
 * left stays paid when the buyer changes their mind. A full return at the buyer's wish costs the way out
 * (common practice, lawful only with prior notice: policy fullReturnOutbound).
 */
export function shippingDue(state: State, policy: Policy, group: Group, removal?: Removal): Won {
  const sets = countSets(state, policy, group.id, removal);
  if (sets.all === 0) return group.paid + group.remotePaid;
  if (sets.kept === 0) {
    if (!sets.everShipped || sets.byOthers > 0) return 0;
    if (policy.fullReturnOutbound === 'FREE') return group.paid + group.remotePaid;
    return group.feeKind === 'COD' ? 0 : shippingFee(group, 0, sets.shippedBack, true) + group.remotePaid;
  }
  const waived = shippingFee(group, sets.basisOfAll, sets.all) - group.paid;
  const base = shippingFee(group, sets.basis, sets.kept + sets.shippedBack);
  return group.remotePaid + Math.max(0, base - waived);
}

type Sets = {
  all: number;
  kept: number;
  byOthers: number;
  /** Xd: removed at the buyer's fault after they shipped. */
  shippedBack: number;
  everShipped: boolean;
  basis: Won;
  basisOfAll: Won;
};

function countSets(state: State, policy: Policy, group: string, removal?: Removal): Sets {
  const sets: Sets = { all: 0, kept: 0, byOthers: 0, shippedBack: 0, everShipped: false, basis: 0, basisOfAll: 0 };
  for (const unit of state.units) {
    if (unit.info.group !== group) continue;
    if (unit.shipped) sets.everShipped = true;
    if (!unit.holder) continue;
    const basis = basisOf(state, policy, unit);
    sets.all++;
    sets.basisOfAll += basis;
    const out = removal?.units.includes(unit.key) ? removal : unit.out;
    if (!out) sets.kept++;
    else if (!out.buyer) sets.byOthers++;
    else if (unit.shipped) sets.shippedBack++;
    if (!out?.buyer) sets.basis += basis;
  }
  return sets;
}

/** What a piece counts towards a threshold; a replacement counts as the piece it replaced. */
export function basisOf(state: State, policy: Policy, unit: Unit): Won {
  const first = state.allocation.units[unit.info.root]!;
  if (policy.freeBasis === 'LIST') return first.price;
  return policy.freeBasis === 'NET' ? first.net : first.discounted;
}
