import { expect, test } from 'vitest';
import { back, delivered, o1, play, u } from '../fixtures.ts';

const reject = { type: 'claim.reject', reason: 'x' };
const A = [u('A', 1)];

test('I23: a return for late delivery inside the seven days cannot be rejected', () => {
  const played = play(o1(), [delivered, back(A, 'SELLER', { reason: 'LATE' }), reject]);
  expect(played.steps[2]).toMatchObject({ ok: false, refusal: { code: 'exception_unproven', rule: 'I23' } });
});

test('I23: a cancel for late delivery cannot be rejected', () => {
  const prepared = { type: 'parcel.prepared', parcel: 'p1' };
  const played = play(o1(), [prepared, { type: 'cancel.request', units: A, reason: 'LATE' }, reject]);
  expect(played.steps[2]).toMatchObject({ ok: false, refusal: { code: 'exception_unproven' } });
});

test('I23: a return that was an exchange for a while is a withdrawal as before', () => {
  const there = { type: 'convert', to: 'EXCHANGE', wanted: { sku: 'X', listPrice: 29_900 } };
  const played = play(o1(), [delivered, back(A, 'BUYER'), there, { type: 'convert', to: 'RETURN' }, reject]);
  expect(played.steps[4]).toMatchObject({ ok: false, refusal: { code: 'exception_unproven' } });
});

test('T10: its third missed pick-up leaves the customer to send it', () => {
  const there = { type: 'convert', to: 'EXCHANGE', wanted: { sku: 'X', listPrice: 29_900 } };
  const failed = [{ type: 'pickup.fail' }, { type: 'pickup.book' }];
  const played = play(o1(), [
    delivered,
    back(A, 'BUYER'),
    there,
    { type: 'convert', to: 'RETURN' },
    ...failed,
    ...failed,
    { type: 'pickup.fail' },
    { type: 'pickup.book' },
  ]);
  expect(played.steps.at(-1)).toMatchObject({ ok: true, events: [] });
});

test('T17a: a return in the goodwill days rests on no right and may be rejected', () => {
  const late = { ...back(A, 'BUYER'), at: '2026-09-14T10:00:00+09:00' };
  const played = play(o1(), [delivered, late, reject], { policy: { goodwillDays: 10 } });
  expect(played.steps[1]).toMatchObject({ ok: true });
  expect(played.steps[2]).toMatchObject({ ok: true, events: ['claim.reject'] });
});

test('T24: withdrawing a defect claim inside its three months is not limited by policy', () => {
  const ask = { ...back(A, 'SELLER'), at: '2026-10-02T10:00:00+09:00' };
  const played = play(o1(), [delivered, ask, { type: 'withdraw' }], { policy: { withdrawReturn: false } });
  expect(played.steps[2]).toMatchObject({ ok: true, events: ['withdraw'] });
});

test('T5, M9: the coupon of an order that was never paid comes back', () => {
  const played = play(o1({ paidAt: null }), [{ type: 'cancel.unpaid' }]);
  expect(played.steps[0]).toMatchObject({ quote: { refund: 0, restored: { coupons: ['c1'], points: 0 } } });
  expect(played.books.restored).toEqual({ coupons: ['c1'], points: 0 });
});

test('T7: no policy decides the end of the thirty days from knowing a defect', () => {
  const ask = back(A, 'SELLER', { known: '2026-09-04', at: '2026-10-10T10:00:00+09:00' });
  const refusal = { code: 'outside_window', rule: 'T7', policy: null, version: null };
  expect(play(o1(), [delivered, ask]).steps[1]).toMatchObject({ ok: false, refusal });
  const late = back(A, 'BUYER', { at: '2026-10-10T10:00:00+09:00' });
  expect(play(o1(), [delivered, late]).steps[1]).toMatchObject({ refusal: { policy: 'windowDays' } });
});

test('T28, I23: a withdrawn return reopened inside its window is a right still and cannot be rejected', () => {
  const at = (day: number) => `2026-09-${day}T10:00:00+09:00`;
  const steps = [
    { ...delivered, at: at(12) },
    { ...back([u('A', 1)], 'BUYER'), at: at(13) },
    { type: 'withdraw', at: at(14) },
    { type: 'reopen', claim: 'k1', reason: 'x', approved: true, at: at(15) },
    { type: 'claim.reject', claim: 'k2', reason: 'x', at: at(15) },
  ];
  const played = play(o1(), steps);
  expect(played.steps[3]).toMatchObject({ ok: true });
  expect(played.steps[4]).toMatchObject({ ok: false, refusal: { code: 'exception_unproven' } });
});
