import type { Won } from '#orders/rules/order.ts';
import { onClaim } from './draft.ts';
import type { Change } from './event.ts';
import type { Settlement } from './settlement.ts';
import type { Fee, FeeKind, State } from './state.ts';

/** The account on which a fee is booked once it is paid. */
export function feeAccount(claim: string, fee: { kind: FeeKind; group: string | null }): string {
  if (fee.kind === 'OUTBOUND_LOST') return `shipping/${fee.group}`;
  if (fee.kind === 'USAGE') return 'usage';
  if (fee.kind === 'BENEFIT_RECLAIM') return 'reclaim';
  return fee.kind === 'DIFFERENCE' ? `difference/${claim}` : 'fees';
}

/**
 * The fees of a settlement (비용): deductions taken, and those that no tender covers, which are due.
 * What was paid or waived before counts against what is due again.
 */
export function feesOf(settlement: Settlement, before: readonly Fee[], now: number): Fee[] {
  const fees = before.filter((fee) => fee.state === 'WAIVED' || fee.state === 'PAID');
  if (settlement.unpaid) return fees;
  const taken = new Map<FeeKind, Won>();
  for (const { kind, won } of settlement.matched.takings)
    if (kind !== 'OUTBOUND_LOST') taken.set(kind, (taken.get(kind) ?? 0) + won);
  const settled = fees.slice();
  for (const [kind, amount] of taken)
    fees.push({ kind, group: null, amount, state: 'DEDUCTED', tender: null, dueSince: now });
  for (const { kind, group, amount } of settlement.matched.due) {
    const done = settled.reduce((sum, fee) => sum + (fee.kind === kind && fee.group === group ? fee.amount : 0), 0);
    if (amount > done) fees.push({ kind, group, amount: amount - done, state: 'DUE', tender: null, dueSince: now });
  }
  return fees;
}

/** A DUE fee of an earlier claim for something that is no longer due is cut. */
export function cutFees(state: State, cuts: Settlement['cuts']): Change[] {
  const changes: Change[] = [];
  for (const { account, won } of cuts) {
    let left = won;
    for (const claim of state.claims) {
      const fees = claim.fees.map((fee) => {
        if (fee.state !== 'DUE' || left === 0 || feeAccount(claim.id, fee) !== account) return fee;
        const part = Math.min(left, fee.amount);
        left -= part;
        return { ...fee, amount: fee.amount - part };
      });
      if (fees.some((fee, index) => fee !== claim.fees[index]))
        changes.push(onClaim(claim.id, { fees: fees.filter((fee) => fee.amount > 0) }));
    }
  }
  return changes;
}
