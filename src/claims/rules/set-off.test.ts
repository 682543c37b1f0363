import { expect, test } from 'vitest';
import { readOrder } from '#orders/rules/read-order.ts';
import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { after, type Wish } from './always.ts';
import { back, backAndPaid, delivered, line, o1, orderOf, play, u } from './fixtures.ts';
import { openOrder } from './open-order.ts';
import { isCovered } from './set-off.ts';

const advance = { type: 'preRefund', reason: 'slow collection', evidence: ['x'], approved: true };
const fail = { type: 'inspect.fail', photos: ['x'] };
const clawBack = { type: 'preRefund.clawback' };

/** E22 until the goods that go back are lost: A advanced 23,563, owed 26,563 with the way back. */
const LOST = [
  delivered,
  back([u('A', 1)], 'BUYER'),
  { type: 'pickup.scan' },
  { type: 'arrive' },
  advance,
  fail,
  clawBack,
  { type: 'parcel.shipped', parcel: 'b1' },
  { type: 'parcel.lost', parcel: 'b1' },
];

test('M14, T34: an advance that was clawed back is set off when the carrier loses what is sent back; the rest is paid', () => {
  const played = play(o1(), [...LOST, { type: 'refund.execute' }]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  // A is worth 26,563: 23,563 were advanced, 3,000 are paid now; owed is only the way back.
  expect(played.books).toMatchObject({ refunded: { t1: 1_669, t2: 24_894 }, captured: 79_600, collected: 0 });
  expect(played.books.receivables[0]).toMatchObject({ amount: 3_000, paid: 0, writtenOff: 0 });
  expect(played.books.claims.map(({ state }: { state: string }) => state)).toEqual(['REJ', 'DONE']);
});

test('M14, T34: of an advance that was paid back in part, what was paid is refunded and the rest set off', () => {
  const paid = { type: 'receivable.paid', receivable: 'v1', amount: 10_000 };
  const played = play(o1(), [...LOST, paid, { type: 'refund.execute' }]);
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 24_894, v1: 10_000 });
  expect(played.books.receivables[0]).toMatchObject({ amount: 13_000, paid: 10_000, writtenOff: 0 });
  expect(played.books.collected).toBe(10_000);
});

test('M14, T45: an advance that was written off was paid all the same: it is not paid again when the goods are lost', () => {
  const off = { type: 'receivable.writeOff', receivable: 'v1', reason: 'x', approved: true };
  const played = play(o1(), [...LOST, off, { type: 'refund.execute' }]);
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 24_894 });
  expect(played.books.receivables[0]).toMatchObject({ amount: 3_000, paid: 0, writtenOff: 3_000 });
});

/** T24: k2 gave 3,000 of shipping back that k1 then did not pay, since it was withdrawn: the customer owes them. */
const OWING = [
  { type: 'cancel.request', units: [u('A', 1)], reason: 'SIZE' },
  { type: 'cancel.request', units: [u('B', 1)], reason: 'DEFECT' },
  { type: 'refund.execute', claim: 'k2' },
  { type: 'withdraw', claim: 'k1' },
];
const overdue = { type: 'fee.overdue', claim: 'k1', at: '2026-09-20T10:00:00+09:00' };
const SINCE = {
  'still due': [],
  waived: [{ type: 'fee.waive', claim: 'k1', reason: 'goodwill' }],
  'a receivable': [overdue],
  'written off': [overdue, { type: 'receivable.writeOff', receivable: 'v1', reason: 'x', approved: true }],
};

for (const [state, since] of Object.entries(SINCE))
  test(`T24, I3: a shipping debt that is ${state} is set off when all the rest goes back, and never blocks it`, () => {
    const order = orderOf([line('A', 30_000), line('B', 30_000)], {
      tenders: [{ id: 'card', kind: 'CARD', amount: 60_000 }],
    });
    const played = play(order, [...OWING, ...since, delivered, back([u('A', 1)], 'SELLER'), ...backAndPaid('k3')]);
    expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
    // 33,000 and 27,000: all that was paid, and nothing is owed any more.
    expect(played.books).toMatchObject({ refunded: { card: 60_000 }, captured: 60_000, due: 0 });
    const owed = played.books.receivables.reduce(
      (sum: number, row: { amount: number; paid: number; writtenOff: number }) =>
        sum + row.amount - row.paid - row.writtenOff,
      0,
    );
    expect(owed).toBe(0);
  });

test('T29: what can only be set off is not advanced', () => {
  const kept = { type: 'preRefund.clawback', goods: 'KEEP' };
  const again = [back([u('A', 1)], 'BUYER'), { ...advance, claim: 'k2' }];
  const played = play(o1(), [...LOST.slice(0, 6), kept, ...again]);
  expect(played.steps.at(-1)).toMatchObject({ ok: false, refusal: { code: 'over_capture', rule: 'I3' } });
});

test('M14: of an advance that was paid back in part only the rest can be set off, to the won', () => {
  const frozen = readOrder(o1(), DEFAULT_POLICY);
  if (isRefusal(frozen)) throw new Error(frozen.text.en);
  const paid = { type: 'receivable.paid', receivable: 'v1', amount: 10_000 };
  const state = after(openOrder(frozen), DEFAULT_POLICY, [...LOST.slice(0, 7), paid] as Wish[])!.at(-1)!;
  expect(state.receivables[0]).toMatchObject({ id: 'v1', principal: 23_563, paid: 10_000 });
  const card = state.tenders.find(({ id }) => id === 't2')!;
  const there = card.captured - card.refunded;
  // 23,563 were advanced and 10,000 of them came back: the customer still holds 13,563.
  expect([there + 13_563, there + 13_564].map((won) => isCovered(state, 't2', won))).toEqual([true, false]);
});

test('T37, I3: the price of a piece whose advance is owed is lowered once it is paid', () => {
  const kept = [...LOST.slice(0, 6), { ...clawBack, goods: 'KEEP' }];
  const lower = { type: 'forcedDiscount', units: [u('A', 1)], amount: 2_000, reason: 'price', approved: true };
  const paid = { type: 'receivable.paid', receivable: 'v1', amount: 23_563 };
  const played = play(o1(), [...kept, lower, paid, lower]);
  const refused = { ok: false, refusal: { code: 'over_capture', rule: 'I3', possible: ['receivable.paid'] } };
  expect(played.steps.slice(-3)).toMatchObject([refused, { ok: true }, { ok: true }]);
  // 2,000 over 3,000 on the card and 23,563 paid back.
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 21_894 + 226, v1: 1_774 });
});

test('T24, M4: a fee that was waived stays waived when the claim that had cut it is withdrawn', () => {
  const order = orderOf([line('A', 1_000), line('B', 49_500)], {
    tenders: [{ id: 'card', kind: 'CARD', amount: 50_500 }],
  });
  const played = play(order, [
    { type: 'cancel.request', units: [u('A', 1)], reason: 'SIZE' }, // 1,000 of the 3,000 of shipping: 2,000 to pay
    { type: 'fee.waive', claim: 'k1', reason: 'goodwill' },
    { type: 'cancel.request', units: [u('B', 1)], reason: 'DEFECT' }, // nothing is sent, no shipping is due
    { type: 'withdraw', claim: 'k2' },
    delivered,
    back([u('B', 1)], 'BUYER'),
    ...backAndPaid('k3'),
  ]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  expect(played.books).toMatchObject({ due: 0, refunded: { card: 46_500 } });
});
