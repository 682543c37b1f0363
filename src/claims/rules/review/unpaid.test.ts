import { expect, test } from 'vitest';
import { group, line, o1, orderOf, play, u } from '../fixtures.ts';

const unpaid = () => o1({ paidAt: null });
const all = [u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])];
const points = { type: 'order.paid', tender: 't1' };
const cancel = (units: unknown[], more = {}) => ({ type: 'cancel.request', units, fault: 'BUYER', ...more });
const pay = { type: 'refund.execute' };

test('T1: points that were taken before the rest was paid go back with a cancel', () => {
  const played = play(unpaid(), [points, cancel(all), pay]);
  const quote = { items: 5_000, refund: 5_000, perTender: { t1: 5_000 }, dueOn: '2026-09-08' };
  expect(played.steps[1]).toMatchObject({ quote });
  expect(played.books).toMatchObject({ captured: 5_000, refunded: { t1: 5_000 }, restored: { points: 5_000 } });
  expect(played.books.claims).toMatchObject([{ state: 'DONE' }]);
});

test('T1: a cancel in part gives their share back and lowers what is still to be paid', () => {
  const rest = { type: 'order.paid' };
  const played = play(unpaid(), [points, cancel([u('C', 1)]), pay, rest]);
  expect(played.books).toMatchObject({ captured: 5_000 + 66_358, refunded: { t1: 553 } });
  const withoutC1 = play(unpaid(), [cancel([u('C', 1)]), rest]);
  expect(withoutC1.books.captured).toBe(79_600 - 8_795);
});

test('T24: what was paid less because of a cancel cannot be withdrawn after the payment', () => {
  const back = { type: 'withdraw', claim: 'k1' };
  const played = play(unpaid(), [points, cancel([u('C', 1)]), { type: 'order.paid' }, back, pay]);
  expect(played.steps[3]).toMatchObject({ ok: false, refusal: { code: 'refund_started' } });
  expect(played.books).toMatchObject({ captured: 71_358, refunded: { t1: 553 } });
  const before = play(unpaid(), [points, cancel([u('C', 1)]), back, { type: 'order.paid' }]);
  expect(before.books).toMatchObject({ captured: 79_600, refunded: {} });
});

test('T4: a cancel before payment needs no decision about the fault', () => {
  const asked = { type: 'cancel.request', units: [u('C', 1)] };
  const played = play(unpaid(), [asked, { type: 'order.paid' }, { type: 'withdraw', claim: 'k1' }]);
  expect(played.steps[0]).toMatchObject({ events: ['cancel.request', 'cancel.accept', 'cancel.settle'] });
  expect(played.steps[2]).toMatchObject({ ok: false, refusal: { code: 'claim_closed' } });
  expect(played.books.captured).toBe(70_805);
});

test('M8, I6: a benefit reclaimed by a cancel before payment is paid with the rest', () => {
  const order = orderOf([line('A', 12_000, 3)], {
    paidAt: null,
    groups: [group({ freeThreshold: 0 })],
    benefits: [{ id: 'b1', kind: 'BUNDLE', amount: 12_000 }],
  });
  const policy = { bundleBreak: 'RECLAIM' };
  const played = play(order, [cancel([u('A', 1)]), { type: 'order.paid' }], { policy });
  expect(played.books).toMatchObject({ captured: 24_000, reclaim: 8_000 });
});

test('I21: points of a cancel that names no fault go back before and after the payment', () => {
  const asked = { type: 'cancel.request', units: [u('C', 1)] };
  const done = { books: { refunded: { t1: 553 }, claims: [{ state: 'DONE' }] } };
  expect(play(unpaid(), [points, asked, pay])).toMatchObject(done);
  expect(play(unpaid(), [points, asked, { type: 'order.paid' }, pay])).toMatchObject(done);
});
