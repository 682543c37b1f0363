import { expect, test } from 'vitest';
import { back, delivered, group, last, line, orderOf, play, u } from './fixtures.ts';

/** A 1,000 and B 5,000 in one box: 3,000 of 6,000 are advanced. C stays. */
const ORDER = orderOf([line('A', 1_000), line('B', 5_000), line('C', 60_000)], {
  tenders: [{ id: 'card', kind: 'CARD', amount: 66_000 }],
});
const ADVANCED = [
  delivered,
  back([u('A', 1), u('B', 1)], 'BUYER'),
  { type: 'pickup.scan' },
  { type: 'arrive' },
  { type: 'preRefund', reason: 'slow collection', evidence: ['x'], approved: true },
];
const bFails = { type: 'inspect', photos: ['x'], results: [row('A', 'PASS'), row('B', 'FAIL')] };
const clawBack = (claim: string) => ({ type: 'preRefund.clawback', claim });

function row(of: string, result: string) {
  return { units: [u(of, 1)], result };
}

function playAll(commands: object[], order = ORDER) {
  const played = play(order, commands as []);
  expect(played.steps.flatMap((step) => (step.ok ? [] : [step.refusal.code]))).toEqual([]);
  return played.books;
}

test('T15, T29: a box of which the advance does not cover the piece that fails is told apart; its fee goes along', () => {
  const books = playAll([...ADVANCED, bFails]);
  expect(books.claims).toMatchObject([
    { id: 'k1', state: 'DONE' },
    { id: 'k2', state: 'INS' },
  ]);
  expect(books).toMatchObject({ refunded: { card: 3_000 }, fees: 3_000, due: 0 });
});

test('T15, T30: the failed piece is clawed back for what was advanced, and the fee of the box is due with it', () => {
  const books = playAll([...ADVANCED, bFails, clawBack('k2')]);
  // 3,000 advanced and 3,000 for the way back; A's 1,000 pays a third of the return fee, 2,000 are due.
  expect(books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 6_000 }]);
  expect(books).toMatchObject({ fees: 1_000, due: 2_000 });
});

test('T15, I6: once all is paid the customer has paid for B and C, one return fee and one way back', () => {
  const fee = { type: 'fee.paid', claim: 'k2', tender: { id: 'f', kind: 'TRANSFER', amount: 2_000 } };
  const debt = { type: 'receivable.paid', receivable: 'v1', amount: 6_000 };
  const home = { type: 'parcel.delivered', parcel: 'b1' };
  const books = playAll([...ADVANCED, bFails, clawBack('k2'), home, fee, debt]);
  expect(books.captured + books.collected - books.refunded.card).toBe(5_000 + 60_000 + 3_000 + 3_000);
  expect(books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'REJ']);
});

test('T15, T14: a failed piece that passes after all leaves the advance as it was', () => {
  const books = playAll([...ADVANCED, bFails, { type: 'inspect.pass', claim: 'k2' }]);
  expect(books).toMatchObject({ refunded: { card: 3_000 }, fees: 3_000, due: 0, receivables: [] });
  expect(books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'DONE']);
});

test('T15, T30: when every part of the box is clawed back nothing was returned, and its fee is void', () => {
  const aFails = { type: 'inspect', claim: 'k1', photos: ['x'], results: [row('A', 'FAIL')] };
  const bFailsToo = { type: 'inspect.fail', claim: 'k2', photos: ['x'] };
  for (const order of [
    ['k1', 'k2'],
    ['k2', 'k1'],
  ]) {
    const books = playAll([...ADVANCED, aFails, bFailsToo, ...order.map(clawBack)]);
    expect([order, books.fees, books.due]).toEqual([order, 0, 0]);
    const owed = books.receivables.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0);
    expect(owed).toBeGreaterThanOrEqual(3_000 + 3_000);
  }
});

test('T15, M4: shipping that the advance paid goes along too, and is due again when the piece stays', () => {
  // Always 3,000 to ship below 50,000: the two that leave lose C the free shipping of 51,000.
  const order = orderOf([line('A', 2_000), line('B', 7_000), line('C', 45_000)], {
    groups: [group()],
    tenders: [{ id: 'card', kind: 'CARD', amount: 54_000 }],
  });
  const books = playAll([...ADVANCED, bFails], order);
  expect(books).toMatchObject({ refunded: { card: 3_000 }, fees: 3_000, shipping: [{ due: 3_000 }] });
  const after = playAll([...ADVANCED, bFails, clawBack('k2')], order);
  const quote = last(play(order, [...ADVANCED, bFails, clawBack('k2')]));
  expect(quote).toMatchObject({ items: 7_000, shipping: -3_000, returnFee: 1_000, refund: 3_000, collect: 0 });
  // B stays, 52,000 are kept: shipping is free again, and only the return fee of the box is left.
  expect(after.shipping).toMatchObject([{ due: 0 }]);
  expect(after.due + after.fees).toBe(3_000);
});
