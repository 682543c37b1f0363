import type { Won } from '#orders/rules/order.ts';
import { onClaim } from './draft.ts';
import type { Change } from './event.ts';
import type { Settlement } from './settlement.ts';
import type { Booked, Fee, FeeKind, State } from './state.ts';

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

/**
 * Fees for something that is no longer due are cut: those DUE, then those that are owed as receivables, then
 * those that were waived or written off.
 */
export function cutFees(state: State, cuts: Settlement['cuts']): { changes: Change[]; cut: Booked['cuts'] } {
  const changes: Change[] = [];
  const cut: Booked['cuts'] = [];
  const fees = new Map(state.claims.map((claim) => [claim.id, claim.fees]));
  for (const { account, won } of cuts) {
    let left = won;
    const less = (id: string, kind: Fee['state'], fee: Fee) => {
      if (fee.state !== kind || left === 0 || feeAccount(id, fee) !== account) return fee;
      const part = Math.min(left, kind === 'OWED' ? openDebt(state, id, account) : fee.amount);
      left -= part;
      if (part > 0) cut.push({ claim: id, fee: { ...fee, amount: part, state: kind === 'OWED' ? 'DUE' : kind } });
      if (kind === 'OWED') changes.push(...forgive(state, id, account, part));
      return { ...fee, amount: fee.amount - part };
    };
    for (const kind of ['DUE', 'OWED', 'WAIVED', 'WRITTEN_OFF'] as const)
      for (const [id, rows] of fees)
        fees.set(
          id,
          rows.map((fee) => less(id, kind, fee)),
        );
  }
  for (const claim of state.claims) {
    const now = fees.get(claim.id)!;
    if (now.some((fee, index) => fee !== claim.fees[index]))
      changes.push(onClaim(claim.id, { fees: now.filter((fee) => fee.amount > 0) }));
  }
  return { changes, cut };
}

/** What is charged on an account and never came in: due, waived, owed as a receivable, or written off. */
export function uncollected(state: State, account: string): Won {
  let won = 0;
  for (const { id, fees } of state.claims)
    for (const fee of fees)
      if (fee.state !== 'PAID' && fee.state !== 'DEDUCTED' && feeAccount(id, fee) === account) won += fee.amount;
  for (const row of state.receivables) if (row.account === account) won -= row.paid;
  return won;
}

/** Puts fees back that a booking had cut, when that booking is taken back. */
export function restoreFees(state: State, cuts: Booked['cuts']): Change[] {
  const ids = new Set(cuts.map((row) => row.claim));
  return [...ids].map((id) => {
    const { fees } = state.claims.find((claim) => claim.id === id)!;
    return onClaim(id, { fees: [...fees, ...cuts.filter((row) => row.claim === id).map((row) => row.fee)] });
  });
}

function debtsOf(state: State, claim: string, account: string) {
  return state.receivables.filter((row) => row.claim === claim && row.account === account);
}

/** What a customer still owes on an account as a receivable. */
export function openDebt(state: State, claim: string, account: string): Won {
  return debtsOf(state, claim, account).reduce((sum, row) => sum + row.amount - row.paid - row.writtenOff, 0);
}

function forgive(state: State, claim: string, account: string, won: Won): Change[] {
  let left = won;
  return debtsOf(state, claim, account).flatMap((row): Change[] => {
    const part = Math.min(left, row.amount - row.paid - row.writtenOff);
    left -= part;
    return part > 0
      ? [{ on: 'receivable', id: row.id, set: { amount: row.amount - part, principal: row.principal - part } }]
      : [];
  });
}
