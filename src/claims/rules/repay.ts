import { cashReceipt } from './cash-receipt.ts';
import { amend, claimOf, type Draft, onClaim } from './draft.ts';
import type { Change } from './event.ts';
import { byTender } from './refund-amount.ts';
import { pointsUntil } from './restoration.ts';
import type { Entry, Fault, Money } from './state.ts';
import { vatNow } from './vat.ts';

/** Gives money back at once, in the event that frees it: what a customer paid for nothing when a claim leaves. */
export function repay(draft: Draft, id: string, money: readonly Money[]): void {
  const sums = byTender(money);
  if (sums.length === 0) return;
  const claim = claimOf(draft.state, id);
  const entries = money.map(
    ({ tender, won, account }): Entry => [account ?? `credit/${id}`, `refunded/${tender}`, won],
  );
  const changes: Change[] = [onClaim(id, { repaid: [...claim.repaid, ...sums] })];
  for (const { tender, won } of sums) changes.push(...refunded(draft, tender, won, claim.fault));
  amend(draft, changes, entries);
  amend(draft, [reverseVat(draft)]);
}

/** A tender and the points it may be, after a refund. */
export function refunded({ state, policy, today }: Draft, tender: string, won: number, fault: Fault): Change[] {
  const row = state.tenders.find(({ id }) => id === tender)!;
  const changes: Change[] = [{ on: 'tender', id: tender, set: { refunded: row.refunded + won } }];
  if (row.kind === 'POINT') {
    const usableUntil = pointsUntil(state, policy, tender, fault, today);
    changes.push({ on: 'order', set: { points: state.points + won, usableUntil } });
  }
  return changes;
}

/** M11: what a refund reverses is VAT before less VAT after; a cash receipt is for what is left. */
export function reverseVat({ state }: Draft): Change {
  const vat = vatNow(state);
  const vatReversed = state.vatReversed + state.vat - vat;
  return { on: 'order', set: { vat, vatReversed, cashReceipt: cashReceipt(state) } };
}

/** Money collected raises VAT and the cash receipt; it reverses nothing. */
export function raiseVat({ state }: Draft): Change {
  return { on: 'order', set: { vat: vatNow(state), cashReceipt: cashReceipt(state) } };
}
