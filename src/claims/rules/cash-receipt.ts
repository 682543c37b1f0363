import type { TenderKind, Won } from '#orders/rules/order.ts';
import type { State } from './state.ts';

/**
 * Tenders that count as cash to the tax office (조세특례제한법 §126의3: 현금영수증 is issued for payments in cash): bank
 * transfers, deposits into an account and the customer's own deposit.
 */
const CASH: readonly TenderKind[] = ['VBANK', 'TRANSFER', 'CASH', 'DEPOSIT'];

/**
 * M11, I28: what the cash receipts (현금영수증) of an order amount to, KRW. When it changes, the receipt is cancelled or
 * issued again for the new total on the same day.
 */
export function cashReceipt({ tenders }: Pick<State, 'tenders'>): Won {
  return tenders.reduce(
    (won, { kind, captured, refunded }) => (CASH.includes(kind) ? won + captured - refunded : won),
    0,
  );
}
