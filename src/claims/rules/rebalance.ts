import { reclaimDue } from './broken-condition.ts';
import { refundStarted } from './claim-state.ts';
import { amend, claimOf, type Draft, onClaim } from './draft.ts';
import type { Change } from './event.ts';
import { cutFees } from './fees.ts';
import { isBuyers } from './pickup-fee.ts';
import { repay } from './repay.ts';
import { unpaidOn } from './settlement.ts';
import { settle } from './settling.ts';
import { shippingDue } from './shipping-due.ts';
import type { Claim, Fee } from './state.ts';
import { giveBack, without } from './taken.ts';

/**
 * After a booked claim was undone: shipping and reclaimed benefits are charged for the new sets again (M4, M8).
 *
 * Claims whose refund has not started are quoted again. What a refund that is already made has taken too
 * much or too little is given back, or becomes due, under the claim that leaves (I6 and I12 hold at rest).
 */
export function rebalance(draft: Draft, leaving: string): void {
  if (isBalanced(draft)) return;
  const open = draft.state.claims.filter((claim) => claim.id !== leaving && isQuotable(claim));
  // What became dearer falls on those who changed their mind, never on a claim at another's fault (I14).
  for (const { id } of open.filter((claim) => isBuyers(claim.fault))) settle(draft, id);
  for (const { id } of open.filter((claim) => !isBuyers(claim.fault))) if (!isDearer(draft)) settle(draft, id);
  for (const group of draft.state.order.groups)
    correct(
      draft,
      leaving,
      `shipping/${group.id}`,
      group.id,
      draft.state.charged[group.id]! - shippingDue(draft.state, draft.policy, group),
    );
  correct(draft, leaving, 'reclaim', null, draft.state.reclaimed - reclaimDue(draft.state, draft.policy));
}

/** Quotes again all that is booked beside a claim whose fault changes, if shipping or conditions count differently without it. */
export function settleOthers(draft: Draft, but: string): void {
  if (isBalanced(draft)) return;
  for (const claim of draft.state.claims) if (claim.id !== but && isQuotable(claim)) settle(draft, claim.id);
}

function isQuotable(claim: Claim): boolean {
  const settles = claim.kind === 'CANCEL' || claim.kind === 'RETURN';
  return settles && !claim.closed && !claim.exiting && claim.booked !== null && refundStarted(claim) === 'no';
}

function isDearer({ state, policy }: Draft): boolean {
  return (
    state.order.groups.some((group) => state.charged[group.id]! < shippingDue(state, policy, group)) ||
    state.reclaimed < reclaimDue(state, policy)
  );
}

function isBalanced({ state, policy }: Draft): boolean {
  return (
    state.order.groups.every((group) => state.charged[group.id] === shippingDue(state, policy, group)) &&
    state.reclaimed === reclaimDue(state, policy)
  );
}

function correct(draft: Draft, leaving: string, account: string, group: string | null, tooMuch: number): void {
  if (tooMuch === 0) return;
  const { state } = draft;
  const facts: Change = {
    on: 'order',
    set: group
      ? { charged: { ...state.charged, [group]: state.charged[group]! - tooMuch } }
      : { reclaimed: state.reclaimed - tooMuch },
  };
  const claim = claimOf(state, leaving);
  if (tooMuch < 0) {
    const kind = group ? 'OUTBOUND_LOST' : 'BENEFIT_RECLAIM';
    const fee: Fee = { kind, group, amount: -tooMuch, state: 'DUE', tender: null, dueSince: draft.now };
    amend(draft, [facts, onClaim(leaving, { fees: [...claim.fees, fee] })]);
    return;
  }
  const { money, cut } = giveBack(state.taken, account, tooMuch, unpaidOn(state, account));
  const rows = money.map((row) => ({ ...row, account }));
  amend(draft, [
    facts,
    { on: 'order', set: { taken: without(state.taken, rows) } },
    ...cutFees(state, [{ account, won: cut }]).changes,
  ]);
  repay(draft, leaving, rows);
}
