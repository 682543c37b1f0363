import { expect } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { always } from './always.ts';
import type { Run } from './fuzz.ts';
import type { Refund } from './state.ts';

/** Answers of the provider: all others leave a refund of which nobody knows as it is. */
const ANSWERS = ['refund.execute', 'refund.fail'];

/** Successes of the provider so far, by claim and tender. */
const paid = new WeakMap<Run, Map<string, number>>();

always(
  'I17: each refund succeeds once, a made one never changes, and an unknown one waits for the answer of the provider',
  100,
  ({ command, before, answer }, run) => {
    const successes = paid.get(run) ?? new Map<string, number>();
    paid.set(run, successes);
    if (!command || isRefusal(answer) || before.order.authority === 'MALL') return false;
    for (const { entries } of answer.events)
      for (const [from, to] of entries)
        if (from.startsWith('payable/') && to.startsWith('refunded/'))
          successes.set(`${from} ${to}`, (successes.get(`${from} ${to}`) ?? 0) + 1);
    expect([...successes].filter(([, count]) => count > 1)).toEqual([]);
    const touched = before.claims.flatMap((claim) => {
      const now = answer.state.claims.find(({ id }) => id === claim.id)!;
      return claim.refunds
        .filter((refund) => refund.state === 'DONE' || refund.state === 'UNKNOWN')
        .map((refund) => {
          const same = now.refunds.some(
            (row) => row.tender === refund.tender && row.amount === refund.amount && isAfter(row, refund, command.type),
          );
          return same ? '' : `${command.type} ${claim.id} ${refund.tender} ${refund.state}`;
        });
    });
    expect(touched.filter((line) => line !== '')).toEqual([]);
    return touched.length > 0;
  },
);

function isAfter(now: Refund, before: Refund, type: string): boolean {
  if (before.state === 'DONE') return now.state === 'DONE' && now.executedAt === before.executedAt;
  if (now.state === 'UNKNOWN') return true;
  return ANSWERS.includes(type) && (now.state === 'DONE' || now.state === 'FAILED');
}
