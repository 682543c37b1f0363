import type { Won } from '#orders/rules/order.ts';
import { amend, type Draft } from './draft.ts';
import { cutFees, uncollected } from './fees.ts';
import type { State } from './state.ts';
import { withTaken } from './taken.ts';

/**
 * What the customer already holds of a refund, because it was paid out and never came back: an advance that was clawed
 * back and is not paid (M14), or shipping that a refund gave back although it was not paid in the end (T24). It is set
 * off, so that the customer has their money to the won, and no tender refunds more than it took (I3).
 */
type Held = { account: string; debt: string | null; won: Won };

/** Of a refund, what its tender still has; the rest can only be set off. */
export function cashOf(state: State, tender: string, amount: Won): Won {
  const { captured, refunded } = state.tenders.find(({ id }) => id === tender)!;
  return Math.min(amount, captured - refunded);
}

/** What of a tender's refund can be set off, and against what: its own first, then any advance that is owed. */
function heldOn(state: State, tender: string): Held[] {
  const debts = state.receivables.filter(({ reason }) => reason === 'PRE_REFUND_CLAWBACK');
  const advances = debts.map(({ id, account, principal, paid }) => ({ account, debt: id, won: principal - paid }));
  const held: Held[] = advances.filter(({ debt }) => debt === tender);
  for (const account of new Set(state.taken.map((row) => row.account))) {
    let short = 0;
    for (const row of state.taken)
      if (row.account === account && row.tender === tender && row.won < 0) short -= row.won;
    if (short > 0) held.push({ account, debt: null, won: Math.min(short, uncollected(state, account)) });
  }
  held.push(...advances.filter(({ debt }) => debt !== tender));
  return held.filter(({ won }) => won > 0);
}

/** Whether a refund can be made: in money, and for the rest by setting off what the customer holds. */
export function isCovered(state: State, tender: string, amount: Won): boolean {
  const held = heldOn(state, tender).reduce((sum, { won }) => sum + won, 0);
  return amount - cashOf(state, tender, amount) <= held;
}

/** Sets off `won` of a claim's refund on a tender; debts and fees become smaller by what is set off. */
export function setOff(draft: Draft, claim: string, tender: string, won: Won): void {
  let left = won;
  for (const { account, debt, won: most } of heldOn(draft.state, tender)) {
    const part = Math.min(left, most);
    left -= part;
    if (part === 0) continue;
    const { state } = draft;
    amend(
      draft,
      debt === null
        ? [
            ...cutFees(state, [{ account, won: part }]).changes,
            { on: 'order', set: { taken: withTaken(state.taken, [{ account, tender, won: part }]) } },
          ]
        : lessDebt(state, debt, part),
      [[`payable/${claim}`, account, part]],
    );
  }
}

/** A debt for an advance, and the tender that it is, by what was set off; what was written off of it comes last. */
function lessDebt({ receivables, tenders }: State, id: string, won: Won) {
  const row = receivables.find((debt) => debt.id === id)!;
  const amount = row.amount - won;
  const set = { amount, principal: row.principal - won, writtenOff: Math.min(row.writtenOff, amount - row.paid) };
  const paying = tenders.find((tender) => tender.id === id);
  return [
    { on: 'receivable' as const, id, set },
    ...(paying ? [{ on: 'tender' as const, id, set: { amount: paying.amount - won } }] : []),
  ];
}
