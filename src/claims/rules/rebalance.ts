import { isBalanced, isDearer, surplus } from './balance.ts';
import { closeIfDone } from './closing.ts';
import { amend, claimOf, type Draft, onClaim } from './draft.ts';
import type { Change } from './event.ts';
import { cutFees } from './fees.ts';
import { isBuyers } from './pickup-fee.ts';
import { openOf } from './receivables.ts';
import { repay } from './repay.ts';
import { unpaidOn } from './settlement.ts';
import { settle } from './settling.ts';
import type { Fee, Money } from './state.ts';
import { giveBack, without } from './taken.ts';
import { cashFirst } from './tender-mode.ts';

/**
 * After a booked claim was undone: claims that were booked upon it are settled again, and shipping and reclaimed
 * benefits are charged for the new sets (M4, M8).
 *
 * What a refund that is already made has taken too much or too little is given back, or becomes due, under the
 * claim that leaves (I6 and I12 hold at rest).
 */
export function rebalance(draft: Draft, leaving: string, undone: readonly string[]): void {
  // I26: what a mall's order costs and gives back is the mall's word alone.
  if (draft.state.order.authority === 'MALL') return;
  if (undone.length === 0 && isBalanced(draft)) return;
  const buyers = undone.filter((id) => isBuyers(claimOf(draft.state, id).fault));
  // What became dearer falls on those who changed their mind, never on a claim at another's fault (I14).
  const split = isDearer(draft);
  for (const id of split ? buyers : undone) settle(draft, id);
  if (split) {
    correct(draft, leaving, true);
    for (const id of undone) if (!buyers.includes(id)) settle(draft, id);
  }
  correct(draft, leaving, false);
  for (const id of undone) closeIfDone(draft, id);
}

/** Charges what is due and not charged; unless `dearerOnly`, gives back what is charged and not due. */
function correct(draft: Draft, leaving: string, dearerOnly: boolean): void {
  for (const { account, group, won } of surplus(draft.state, draft.policy)) {
    if (won < 0) charge(draft, leaving, group, -won);
    else if (won > 0 && !dearerOnly) release(draft, leaving, account, group, won);
  }
}

function chargeBy({ state }: Draft, group: string | null, won: number): Change {
  return {
    on: 'order',
    set: group
      ? { charged: { ...state.charged, [group]: state.charged[group]! + won } }
      : { reclaimed: state.reclaimed + won },
  };
}

function charge(draft: Draft, leaving: string, group: string | null, amount: number): void {
  const kind = group ? 'OUTBOUND_LOST' : 'BENEFIT_RECLAIM';
  const fee: Fee = { kind, group, amount, state: 'DUE', tender: null, dueSince: draft.now };
  const { fees } = claimOf(draft.state, leaving);
  amend(draft, [chargeBy(draft, group, amount), onClaim(leaving, { fees: [...fees, fee] })]);
}

function release(draft: Draft, leaving: string, account: string, group: string | null, won: number): void {
  const { state, policy } = draft;
  const { money, cut } = giveBack(state.taken, account, won, unpaidOn(state, account));
  const rows = money.map((row) => ({ ...row, account }));
  amend(draft, [
    chargeBy(draft, group, -won),
    { on: 'order', set: { taken: without(state.taken, rows) } },
    ...cutFees(state, [{ account, won: cut }]).changes,
  ]);
  const total = rows.reduce((sum, row) => sum + row.won, 0);
  const back: Money[] =
    policy.tenderMode === 'PROPORTIONAL' || total === 0 ? rows : cashFirst(draft.state, policy, leaving, total, []);
  const owed = forgiveAdvance(draft, account, back);
  repay(
    draft,
    leaving,
    back.map((row, index) => ({ ...row, account, won: row.won - owed[index]! })).filter((row) => row.won > 0),
  );
}

/**
 * Of money that goes back, what its tender does not hold because it is still owed after a clawback (M14): that debt
 * becomes smaller instead. Answers how much of each row.
 */
function forgiveAdvance(draft: Draft, account: string, back: readonly Money[]): number[] {
  return back.map(({ tender, won }) => {
    const { state } = draft;
    const row = state.tenders.find(({ id }) => id === tender)!;
    const debts = state.receivables.filter((debt) => debt.account.startsWith('advance/') && openOf(debt) > 0);
    const debt = debts.find(({ id }) => id === tender) ?? debts[0];
    const part = debt ? Math.min(won - Math.min(won, row.captured - row.refunded), openOf(debt), debt.principal) : 0;
    if (!debt || part <= 0) return 0;
    const { amount, principal } = debt;
    const paying = state.tenders.find(({ id }) => id === debt.id);
    amend(
      draft,
      [
        { on: 'receivable', id: debt.id, set: { amount: amount - part, principal: principal - part } },
        ...(paying ? [{ on: 'tender', id: debt.id, set: { amount: paying.amount - part } } as const] : []),
      ],
      [[account, debt.account, part]],
    );
    return part;
  });
}
