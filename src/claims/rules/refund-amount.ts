import type { Won } from '#orders/rules/order.ts';
import type { Entry, FeeKind, Money } from './state.ts';

/** Money that a claim sets free, and the account it lies on. */
export type Source = Money & { account: string };

/** A deduction, and the account that it belongs to. */
export type Sink = { kind: FeeKind; group: string | null; amount: Won; account: string };

export type Matched = {
  refunds: Source[];
  takings: (Source & { kind: FeeKind; group: string | null; from: string })[];
  due: Sink[];
  entries: Entry[];
};

/**
 * M6: R = what is set free − deductions. R ≥ 0 is refunded, R < 0 is collected; never both.
 *
 * Deductions eat the sources in the order given (credited payments, then this claim's own tenders in the
 * policy's deductOrder); what no source covers is due. Every won is booked from where it lay to where it goes.
 */
export function matchMoney(sources: readonly Source[], sinks: readonly Sink[], payable: string): Matched {
  const matched: Matched = { refunds: [], takings: [], due: [], entries: [] };
  let at = 0;
  let left = sources[0]?.won ?? 0;
  for (const sink of sinks) {
    let open = sink.amount;
    while (open > 0 && at < sources.length) {
      const source = sources[at]!;
      const part = Math.min(open, left);
      if (part > 0) {
        const { kind, group, account } = sink;
        matched.takings.push({ tender: source.tender, won: part, account, kind, group, from: source.account });
        matched.entries.push([source.account, account, part]);
      }
      open -= part;
      left -= part;
      if (left === 0) left = sources[++at]?.won ?? 0;
    }
    if (open > 0) matched.due.push({ ...sink, amount: open });
  }
  for (; at < sources.length; left = sources[++at]?.won ?? 0) {
    const source = sources[at]!;
    if (left <= 0) continue;
    matched.refunds.push({ ...source, won: left });
    matched.entries.push([source.account, payable, left]);
  }
  return matched;
}

/** Adds up money by tender, in the order in which tenders first occur. */
export function byTender(money: readonly Money[]): Money[] {
  const sums: Money[] = [];
  for (const { tender, won } of money) {
    const sum = sums.find((row) => row.tender === tender);
    if (sum) sum.won += won;
    else sums.push({ tender, won });
  }
  return sums.filter(({ won }) => won !== 0);
}
