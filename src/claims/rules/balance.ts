import type { Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { reclaimDue } from './broken-condition.ts';
import { amend, type Draft } from './draft.ts';
import type { OrderFacts } from './event.ts';
import { uncollected } from './fees.ts';
import { shippingDue } from './shipping-due.ts';
import type { State } from './state.ts';

/** Whether every group is charged what is due for the units that are kept now (M4), and no more is reclaimed (M8). */
export function isBalanced({ state, policy }: Draft): boolean {
  return surplus(state, policy).every(({ won }) => won === 0);
}

/** Whether more is due now than is charged. */
export function isDearer({ state, policy }: Draft): boolean {
  return surplus(state, policy).some(({ won }) => won < 0);
}

/** What is charged beyond what is due, by account; negative: what is not charged although it is due. */
export function surplus(state: State, policy: Policy): { account: string; group: string | null; won: Won }[] {
  const rows: { account: string; group: string | null; won: Won }[] = state.order.groups.map((group) => ({
    account: `shipping/${group.id}`,
    group: group.id,
    won: state.charged[group.id]! - shippingDue(state, policy, group),
  }));
  rows.push({ account: 'reclaim', group: null, won: state.reclaimed - reclaimDue(state, policy) });
  return rows;
}

/**
 * Charges what the journal has: what came in and is still there, and fees that did not come in. So a
 * booking that is undone takes its own money back, and never a fee that another booking has cut.
 */
export function chargeAsBooked(draft: Draft): void {
  if (draft.state.paidAt !== null) amend(draft, [{ on: 'order', set: chargedNow(draft.state) }]);
}

function chargedNow(state: State): Pick<OrderFacts, 'charged' | 'reclaimed'> {
  const on = (account: string) => (state.ledger[account] ?? 0) + uncollected(state, account);
  const charged = Object.fromEntries(state.order.groups.map(({ id }) => [id, on(`shipping/${id}`)]));
  return { charged, reclaimed: on('reclaim') };
}
