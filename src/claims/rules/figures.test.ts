import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  back,
  backAndPaid,
  delivered,
  group,
  last,
  line,
  o1,
  o8,
  orderOf,
  play,
  quotes,
  refused,
  u,
} from './fixtures.ts';

/** What a second claim and a partial one show that the first and the whole one do not; worked out by hand. */

test('M7: under CASH_FIRST a later refund takes of each tender only what earlier ones left of it', () => {
  // Net A 65,100, B 27,900. A: card 60,000, then deposit 5,100. B: what is left: deposit 4,900, gift card, points.
  const played = play(
    o8(),
    [delivered, back([u('A', 1)], 'SELLER'), ...backAndPaid(), back([u('B', 1)], 'SELLER'), ...backAndPaid()],
    { policy: { tenderMode: 'CASH_FIRST' } },
  );
  expect(refused(played)).toEqual([]);
  expect(quotes(played)[4]).toMatchObject({ refund: 65_100, perTender: { deposit: 5_100, card: 60_000 } });
  expect(last(played)).toMatchObject({ refund: 27_900, perTender: { points: 3_000, deposit: 4_900, gift: 20_000 } });
  expect(played.books.refunded).toEqual({ points: 3_000, deposit: 10_000, gift: 20_000, card: 60_000 });
});

test('M4: shipping that is no longer due goes back to the tender it was taken from last', () => {
  // Points 8,500 of 42,500 pay a fifth of everything: of shipping 500, the card 2,000.
  const steps = [
    { from: 0, fee: 4_000 },
    { from: 30_000, fee: 2_500 },
    { from: 50_000, fee: 0 },
  ];
  const order = orderOf([line('A', 20_000, 2)], {
    groups: [group({ feeKind: 'TIERED', by: 'AMOUNT', steps, paid: 2_500 })],
    tenders: [
      { id: 'points', kind: 'POINT', amount: 8_500 },
      { id: 'card', kind: 'CARD', amount: 34_000 },
    ],
  });
  const one = (unitNo: number) => [back([u('A', unitNo)], 'BUYER'), ...backAndPaid()];
  const played = play(order, [delivered, ...one(1), ...one(2)]);
  // First: 20,000 − 1,500 more shipping − 3,000; both off the card. Shipping now lies on points 500, card 2,000 + 1,500.
  expect(quotes(played)[4]).toMatchObject({ shipping: -1_500, perTender: { points: 4_000, card: 11_500 } });
  // Then everything is out: 4,000 → 3,000; the 1,000 goes back to the card: 16,000 + 1,000 − 3,000.
  expect(last(played)).toMatchObject({ shipping: 1_000, perTender: { points: 4_000, card: 14_000 } });
});

test('M16: a reduction is spread by what customers paid for the pieces, not by their list prices', () => {
  const order = orderOf([line('A', 20_000), line('B', 10_000)], {
    benefits: [{ id: 'd', kind: 'PRODUCT', amount: 10_000, lines: ['A'] }],
    tenders: [{ id: 't1', kind: 'CARD', amount: 20_000 }],
    groups: [group({ paid: 0, freeThreshold: 0 })],
  });
  const reduce = {
    type: 'price.reduce',
    units: [u('A', 1), u('B', 1)],
    amount: 4_000,
    reason: 'DEFECT',
    evidence: ['p'],
  };
  const pay = { type: 'refund.execute' };
  // Both cost 10,000: 2,000 each. Then each is worth 8,000.
  for (const name of ['A', 'B'])
    expect(last(play(order, [delivered, reduce, pay, back([u(name, 1)], 'SELLER')])).items).toBe(8_000);
});

test('M9: a coupon comes back with the last of its pieces, not with the first', () => {
  const cancel = (units: object[]) => ({ type: 'cancel.request', units, fault: 'SELLER' });
  const rest = [u('B', [1, 2]), u('C', [1, 2, 3])];
  const played = play(o1(), [
    cancel([u('A', 1)]),
    { type: 'refund.execute' },
    cancel(rest),
    { type: 'refund.execute' },
  ]);
  expect(refused(played)).toEqual([]);
  expect(quotes(played).map((quote) => quote.restored?.coupons)).toEqual([[], [], ['c1'], ['c1']]);
});

test('I3, M14: what was advanced and not paid back is set off, and not refunded a second time', () => {
  // Card 74,600 less 23,563 advanced for A, which the customer keeps: 51,037 are left of it.
  const played = play(
    o1(),
    [
      delivered,
      back([u('A', 1)], 'BUYER'),
      { type: 'preRefund', reason: 'slow', evidence: ['p'], approved: true },
      { type: 'preRefund.clawback', goods: 'KEEP', at: '2026-10-12T10:00:00+09:00' },
      { ...back([u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])], 'SELLER'), evidence: ['p'], approved: true },
      ...backAndPaid(),
    ],
    { policy: { tenderMode: 'CASH_FIRST' } },
  );
  expect(refused(played)).toEqual([]);
  // All that was paid went back, once: 79,600 in all, and the advance is owed no more.
  expect(played.books.refunded).toEqual({ t1: 5_000, t2: 74_600 });
  expect(played.books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 0, paid: 0 }]);
});

test('M7: a tender that cancels in whole only is refunded in whole, and never in part', () => {
  const order = orderOf([line('A', 20_000), line('B', 30_000)], {
    tenders: [{ id: 't1', kind: 'MOBILE', amount: 50_000, partialCancel: 'FULL_ONLY' }],
  });
  const cancel = (names: string[]) => ({ type: 'cancel.request', units: names.map((of) => u(of, 1)), fault: 'SELLER' });
  const pay = { type: 'refund.execute' };
  expect(refused(play(order, [cancel(['A']), pay]))).toEqual(['partial_cancel_impossible']);
  expect(play(order, [cancel(['A', 'B']), pay]).books.refunded).toEqual({ t1: 50_000 });
});

test('T18: nothing is refunded while a claim is held', () => {
  const hold = { type: 'claim.hold', reason: 'dispute', until: '2026-10-01' };
  const pay = { type: 'refund.execute' };
  const ready = [delivered, back([u('A', 1)], 'SELLER'), ...backAndPaid().slice(0, 3)];
  const played = play(o1(), [...ready, hold, pay, { type: 'claim.release' }, pay]);
  expect(refused(played)).toEqual(['wrong_state']);
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 24_894 });
});

test('M16: a reduction is less than what the pieces are worth', () => {
  const reduce = (amount: number) => [
    { type: 'price.reduce', units: [u('A', 1)], amount, reason: 'DEFECT', approved: true },
  ];
  expect(refused(play(o1(), [delivered, ...reduce(26_563)]))).toEqual(['amount_out_of_range']);
  expect(last(play(o1(), [delivered, ...reduce(26_562)])).refund).toBe(26_562);
});

test('the hash of a quote is that of api.md over its figures in their order', () => {
  // E14 and E32: what is collected and what a fare gives back stand at places of their own.
  const small = orderOf([line('A', 5_000)], {
    groups: [group({ freeThreshold: 0 })],
    tenders: [{ id: 't1', kind: 'CARD', amount: 5_000 }],
  });
  const seal = (figures: string) => createHash('sha256').update(figures).digest('hex').slice(0, 16);
  expect(last(play(small, [delivered, back([u('A', 1)], 'BUYER')])).hash).toBe(
    seal('[5000,-3000,0,3000,0,0,0,0,0,0,1000,0,[],[],0]'),
  );
  const sent = { method: 'CUSTOMER_SENDS', sentPay: 'PREPAID', fare: 4_000 };
  expect(last(play(small, [delivered, back([u('A', 1)], 'SELLER', sent)])).hash).toBe(
    seal('[5000,0,0,0,0,0,0,0,0,5000,0,4000,[["t1",5000]],[],0]'),
  );
});

test('T24, M4: when a cancel is withdrawn, shipping that another one was charged because of it goes back', () => {
  const cancel = (name: string) => ({ type: 'cancel.request', units: [u(name, 1)], fault: 'BUYER' });
  const [first, second] = [cancel('A'), cancel('B')];
  // Without A 59,700 are kept, without B1 too 44,700: below the threshold, so that B1 pays shipping.
  expect(last(play(o1(), [first, second]))).toMatchObject({ shipping: -3_000, refund: 10_326 });
  const leave = { type: 'withdraw', claim: 'k1' };
  const pay = { type: 'refund.execute', claim: 'k2' };
  // With A kept after all 74,600 are: B1 gets its 13,326, whether its refund ran after that or before.
  for (const order of [
    [leave, pay],
    [pay, leave],
  ])
    expect(play(o1(), [first, second, ...order]).books).toMatchObject({
      refunded: { t1: 837, t2: 12_489 },
      shipping: [{ group: 'g1', due: 0 }],
    });
});

test('T24: outside the window by law a piece is asked back and kept only as often as the policy lets', () => {
  const at = '2026-09-20T10:00:00+09:00';
  const ask = back([u('A', 1)], 'BUYER');
  const leave = { type: 'withdraw', approved: false };
  const policy = { goodwillDays: 30, maxWithdrawalsPerUnit: 2 };
  const played = play(o1(), [delivered, { ...ask, at }, leave, ask, leave, ask, leave], { policy });
  expect(refused(played)).toEqual(['withdrawals_used_up']);
  expect(played.books.claims.map((claim: { state: string }) => claim.state)).toEqual(['WDN', 'WDN', 'ACC']);
});

test('M4: of shipping that is no longer due an unpaid fee is cut first, and only the rest goes back', () => {
  const steps = [
    { from: 0, fee: 4_000 },
    { from: 30_000, fee: 2_500 },
  ];
  const order = orderOf([line('A', 29_500), line('C', 1_000)], {
    groups: [group({ feeKind: 'TIERED', by: 'AMOUNT', steps, paid: 2_500 })],
    tenders: [{ id: 'card', kind: 'CARD', amount: 33_000 }],
  });
  const ask = (name: string) => [back([u(name, 1)], 'BUYER'), ...backAndPaid().slice(0, 3)];
  // C: 1,000 less 1,500 more shipping and 3,000: of the shipping 500 stay due, and the fee.
  expect(last(play(order, [delivered, ...ask('C')]))).toMatchObject({ shipping: -1_500, refund: 0, collect: 3_500 });
  // Then A: 4,000 → 3,000. Of that 1,000 the 500 that never came in are cut, 500 go back: 29,500 + 500 − 3,000.
  const both = play(order, [delivered, ...ask('C'), ...ask('A')]);
  expect(last(both)).toMatchObject({ shipping: 500, refund: 27_000 });
  expect(both.books.due).toBe(3_000);
});
