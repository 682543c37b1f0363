import { expect, test } from 'vitest';
import { back, delivered, o1, play, u } from '../fixtures.ts';

type Json = Record<string, unknown>;

const A = [u('A', 1)];
const advance = { type: 'preRefund', claim: 'k1', reason: 'slow collection', approved: true };
const here = [{ type: 'pickup.scan' }, { type: 'arrive' }];

/** O1: A is returned and refunded in advance; then the goods come. */
function advanced(fault: string, found: Json, more: Json[] = []) {
  return play(o1(), [delivered, back(A, fault), advance, ...here, found, ...more]);
}

test('T29, T38: a seller’s fault found after an advance gives the fee of the return back', () => {
  const found = { type: 'inspect.pass', finding: 'SELLER', approved: true };
  const played = advanced('BUYER', found, [{ type: 'refund.execute', claim: 'k2' }]);
  // 26,563 less the fee 3,000 was advanced; the fee was taken from the card and goes back to it.
  expect(played.steps[2]).toMatchObject({ quote: { refund: 23_563 } });
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 24_894 });
  expect(played.books.fees).toBe(0);
  expect(played.books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'DONE']);
});

test('T29, T38: a buyer’s fault found after an advance makes the fee due, once the customer agrees', () => {
  const found = { type: 'inspect.pass', finding: 'BUYER', approved: true };
  const pay = { type: 'fee.paid', claim: 'k2', tender: { id: 'f', kind: 'CARD', amount: 3_000 } };
  const played = advanced('SELLER', found, [{ type: 'quote.accept', claim: 'k2' }, pay]);
  expect(played.steps[2]).toMatchObject({ quote: { refund: 26_563 } });
  expect(played.steps.at(-1)).toMatchObject({ ok: true });
  // 26,563 refunded, 3,000 collected: as if 23,563 had been refunded (E5).
  expect(played.books).toMatchObject({ collected: 3_000, fees: 3_000, refunded: { t1: 1_669, t2: 24_894 } });
  expect(played.books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'DONE']);
});

test('T29, M12: use that is found after an advance is due, not forgotten', () => {
  const found = { type: 'inspect.pass', usage: { units: 6, supplyCost: 1_500 }, approved: true };
  const played = advanced('BUYER', found);
  expect(played.books).toMatchObject({ due: 9_000, refunded: { t1: 1_669, t2: 21_894 } });
  expect(played.books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'SET']);
});

test('T30, M14: what was missing from the box is clawed back without a way back', () => {
  const found = { type: 'inspect', results: [{ units: A, result: 'MISSING' }] };
  const claw = { type: 'preRefund.clawback', claim: 'k1' };
  const played = advanced('BUYER', found, [claw]);
  expect(played.books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 23_563 }]);
  expect(played.books.units[0]).toMatchObject({ stage: 'DELIVERED', place: 'CUSTOMER', claim: null });
  const back = advanced('BUYER', found, [{ ...claw, goods: 'SEND_BACK' }]);
  expect(back.steps.at(-1)).toMatchObject({ ok: false, refusal: { code: 'wrong_state', rule: 'T30' } });
});

test('T29, T15, M14: of two pieces that were refunded in advance the one that fails is clawed back alone', () => {
  const results = [
    { units: [u('B', 1)], result: 'PASS' },
    { units: [u('B', 2)], result: 'FAIL' },
  ];
  const both = back([u('B', [1, 2])], 'SELLER');
  const claw = { type: 'preRefund.clawback', claim: 'k2' };
  const played = play(o1(), [delivered, both, advance, ...here, { type: 'inspect', results }, claw]);
  // B1 and B2 of O1: 13,326 each, of which points 837 and card 12,489; fault SELLER, so the way back is free.
  expect(played.books.refunded).toEqual({ t1: 1_674, t2: 24_978 });
  expect(played.books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 13_326 }]);
  expect(played.books.claims.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'RED']);
});

test('T29, T15, E22: at the buyer’s wish the fee of the return stays with the piece that passed, the failed one pays its way back', () => {
  const results = [
    { units: [u('B', 1)], result: 'PASS' },
    { units: [u('B', 2)], result: 'FAIL' },
  ];
  const both = back([u('B', [1, 2])], 'BUYER');
  const claw = { type: 'preRefund.clawback', claim: 'k2' };
  const played = play(o1(), [delivered, both, advance, ...here, { type: 'inspect', results }, claw]);
  // 26,652 − 3,000 (kept 59,600 of 89,600, so shipping stays free) = 23,652 advanced; 13,326 + 3,000 clawed back.
  expect(played.steps[2]).toMatchObject({ quote: { refund: 23_652 } });
  expect(played.books).toMatchObject({ fees: 3_000, refunded: { t1: 1_674, t2: 21_978 } });
  expect(played.books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 16_326 }]);
});
