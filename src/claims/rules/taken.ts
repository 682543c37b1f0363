import type { Won } from '#orders/rules/order.ts';
import type { Money, State } from './state.ts';

type Taking = State['taken'][number];

/**
 * M4: shipping (or a reclaimed benefit) that is no longer due goes back to the tenders it was taken from,
 * last first. What a DUE fee never took is cut from that fee before, and never more goes back than is there.
 */
export function giveBack(
  taken: readonly Taking[],
  account: string,
  amount: Won,
  unpaid: Won,
): { money: Money[]; cut: Won } {
  const cut = Math.min(amount, unpaid);
  let there = 0;
  for (const row of taken) if (row.account === account) there += row.won;
  let left = Math.max(0, Math.min(amount - cut, there));
  const given = left;
  const money: Money[] = [];
  for (let i = taken.length - 1; i >= 0 && left > 0; i--) {
    const row = taken[i]!;
    if (row.account !== account || row.won <= 0) continue;
    const part = Math.min(left, row.won);
    money.push({ tender: row.tender, won: part });
    left -= part;
  }
  return { money, cut: amount - given };
}

/** The takings after some were given back, last first; what is no longer there stands as a negative row. */
export function without(taken: readonly Taking[], given: readonly Taking[]): Taking[] {
  const rows = taken.slice();
  for (const { account, tender, won } of given) {
    let left = won;
    for (let i = rows.length - 1; i >= 0 && left > 0; i--) {
      const row = rows[i]!;
      if (row.account !== account || row.tender !== tender || row.won <= 0) continue;
      const part = Math.min(left, row.won);
      left -= part;
      rows[i] = { ...row, won: row.won - part };
    }
    if (left > 0) rows.push({ account, tender, won: -left });
  }
  return rows.filter((row) => row.won !== 0);
}

/** The takings with more of them; what a tender is short of is filled first. */
export function withTaken(taken: readonly Taking[], more: readonly Taking[]): Taking[] {
  const rows = taken.slice();
  for (const { account, tender, won } of more) {
    let left = won;
    for (let i = 0; i < rows.length && left > 0; i++) {
      const row = rows[i]!;
      if (row.account !== account || row.tender !== tender || row.won >= 0) continue;
      const part = Math.min(left, -row.won);
      left -= part;
      rows[i] = { ...row, won: row.won + part };
    }
    if (left > 0) rows.push({ account, tender, won: left });
  }
  return rows.filter((row) => row.won !== 0);
}

/** How much of what a tender paid on an account is still there. */
export function takenFrom(taken: readonly Taking[], account: string, tender: string): Won {
  let won = 0;
  for (const row of taken) if (row.account === account && row.tender === tender) won += row.won;
  return Math.max(0, won);
}
