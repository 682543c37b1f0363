import type { Won } from '#orders/rules/order.ts';
import type { Money, State } from './state.ts';

type Taking = State['taken'][number];

/**
 * M4: shipping (or a reclaimed benefit) that is no longer due goes back to the tenders it was taken from,
 * last first. What a DUE fee never took is cut from that fee before.
 */
export function giveBack(
  taken: readonly Taking[],
  account: string,
  amount: Won,
  unpaid: Won,
): { money: Money[]; cut: Won } {
  const cut = Math.min(amount, unpaid);
  let left = amount - cut;
  const money: Money[] = [];
  for (let i = taken.length - 1; i >= 0 && left > 0; i--) {
    const row = taken[i]!;
    if (row.account !== account) continue;
    const part = Math.min(left, row.won);
    money.push({ tender: row.tender, won: part });
    left -= part;
  }
  return { money, cut: cut + left };
}

/** The takings after some were given back, last first. */
export function without(taken: readonly Taking[], given: readonly Taking[]): Taking[] {
  const rows = taken.slice();
  for (const { account, tender, won } of given) {
    let left = won;
    for (let i = rows.length - 1; i >= 0 && left > 0; i--) {
      const row = rows[i]!;
      if (row.account !== account || row.tender !== tender) continue;
      const part = Math.min(left, row.won);
      left -= part;
      rows[i] = { ...row, won: row.won - part };
    }
  }
  return rows.filter((row) => row.won > 0);
}
