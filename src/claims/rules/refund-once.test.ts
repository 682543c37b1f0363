import { expect } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { after, always, type Wish } from './always.ts';
import type { Run } from './fuzz.ts';
import type { Claim } from './state.ts';

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
    let touched = 0;
    for (const claim of before.claims) {
      // A claim that is split shares what was made with its parts.
      const parts = answer.state.claims.filter(
        ({ id }) => id === claim.id || !before.claims.some((row) => row.id === id),
      );
      const [made, now] = [madeOf([claim]), madeOf(parts)];
      touched += made.size;
      for (const [what, won] of made) expect([claim.id, what, now.get(what)]).toEqual([claim.id, what, won]);
      for (const refund of claim.refunds) {
        if (refund.state !== 'UNKNOWN' || ANSWERS.includes(command.type)) continue;
        touched++;
        expect(parts[0]!.refunds).toContainEqual(refund);
      }
    }
    return touched > 0;
  },
);

/** Refunds that were made, by tender and moment. */
function madeOf(claims: readonly Claim[]): Map<string, number> {
  const made = new Map<string, number>();
  for (const { refunds } of claims)
    for (const { tender, executedAt, state, amount } of refunds)
      if (state === 'DONE') made.set(`${tender} ${executedAt}`, (made.get(`${tender} ${executedAt}`) ?? 0) + amount);
  return made;
}

const TRIES: Wish[] = [
  { type: 'refund.payout', to: 'DEPOSIT' },
  { type: 'withdraw' },
  { type: 'convert', to: 'EXCHANGE' },
  { type: 'fault.change', fault: 'SELLER' },
  { type: 'fault.change', fault: 'BUYER' },
  { type: 'cancel.tooLate' },
  { type: 'preRefund', reason: 'slow' },
  { type: 'claim.reject', reason: 'duplicate' },
];

always('I17: nobody gets past a refund of which nobody knows', 10, ({ answer }, { policy }) => {
  if (isRefusal(answer) || answer.state.order.authority === 'MALL') return false;
  let tried = false;
  for (const { id, closed, refunds } of answer.state.claims) {
    const unknown = refunds.find(({ state }) => state === 'UNKNOWN');
    if (closed || !unknown) continue;
    tried = true;
    for (const wish of TRIES) {
      const tender = wish.type === 'refund.payout' ? { tender: unknown.tender } : {};
      const end = after(answer.state, policy, [{ ...wish, ...tender, claim: id }])?.at(-1) ?? answer.state;
      const now = end.claims.find((claim) => claim.id === id)!;
      expect([wish.type, now.closed, now.refunds]).toEqual([wish.type, null, refunds]);
    }
  }
  return tried;
});
