import { expect, test } from 'vitest';
import { readOrder } from '#orders/rules/read-order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { decide } from '../decide.ts';
import { back, delivered, line, o1, orderOf, play, timed, u } from '../fixtures.ts';
import { openOrder } from '../open-order.ts';
import { readCommand } from '../read-command.ts';
import { waitsOf } from '../waits.ts';

const A = [u('A', 1)];
const ALL = [u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])];
const expired = '2026-09-10T23:59:59+09:00';

/** O1 whose coupon and points expire on 10 September, cancelled whole on the 20th. */
function cancelledLate(reason: string, expiresAt = expired) {
  const [coupon] = o1().benefits as object[];
  const [points, card] = o1().tenders as object[];
  const order = o1({
    benefits: [{ ...coupon, expiresAt }],
    tenders: [{ ...points, expiresAt }, card],
  });
  const policy = { couponRestoreDays: 14, expiredPointDays: 7 };
  const at = '2026-09-20T10:00:00+09:00';
  const cancel = { type: 'cancel.request', units: ALL, reason, at };
  return play(order, [cancel, { type: 'refund.execute' }], { policy }).books.restored;
}

test('M9: a coupon that has expired lives couponRestoreDays more, expired points expiredPointDays when the buyer changed their mind', () => {
  expect(cancelledLate('CHANGE_OF_MIND')).toEqual({
    coupons: ['c1'],
    points: 5_000,
    until: { c1: '2026-10-04', t1: '2026-09-27' },
  });
});

test('M9: expired points live 30 days more when the fault is not the buyer’s', () => {
  expect(cancelledLate('DEFECT').until).toEqual({ c1: '2026-10-04', t1: '2026-10-20' });
});

test('M9: what has not expired keeps its old expiry', () => {
  expect(cancelledLate('DEFECT', '2026-12-31T23:59:59+09:00').until).toEqual({ c1: '2026-12-31', t1: '2026-12-31' });
});

/** Plays commands without evidence, unlike `claims run`. */
function run(commands: object[]) {
  const order = readOrder(o1(), DEFAULT_POLICY);
  if (isRefusal(order)) throw new Error(order.text.en);
  let state = openOrder(order);
  const codes = commands.map((row) => {
    const command = readCommand(row);
    if (isRefusal(command)) return command.code;
    const answer = decide(state, command, DEFAULT_POLICY, command.at);
    if (!isRefusal(answer)) state = answer.state;
    return isRefusal(answer) ? answer.code : 'ok';
  });
  return { state, codes };
}

test('T28: reopenDays count from the day on which the claim was closed, not from the one on which it was opened', () => {
  const reopened = (at: string) =>
    run([
      { ...delivered, at: '2026-09-03T10:00:00+09:00' },
      { ...back(A, 'BUYER'), at: '2026-09-03T11:00:00+09:00' },
      { type: 'withdraw', at: '2026-09-20T10:00:00+09:00' },
      { type: 'reopen', claim: 'k1', reason: 'x', approved: true, at },
    ]).codes;
  expect(reopened('2026-10-20T23:00:00+09:00')).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(reopened('2026-10-21T00:00:00+09:00')).toEqual(['ok', 'ok', 'ok', 'evidence_missing']);
});

test('T21: exchangeOtherProduct decides whether an exchange may ask for another product, or only for another option', () => {
  const lines = [
    line('A', 20_000, 1, { productNo: 'P1' }),
    line('A2', 20_000, 1, { productNo: 'P1' }),
    line('B', 20_000, 1, { productNo: 'P2' }),
  ];
  const order = orderOf(lines, { tenders: [{ id: 'c', kind: 'CARD', amount: 60_000 }] });
  const ask = (sku: string, more = {}) => ({
    ...{ type: 'exchange.request', units: A, reason: 'SIZE' },
    wanted: { sku, listPrice: 20_000, ...more },
  });
  const answer = (wish: object, policy = {}) => play(order, [delivered, wish as never], { policy }).steps[1];
  const no = { refusal: { code: 'policy_forbids', policy: 'exchangeOtherProduct', possible: ['return.request'] } };
  expect(answer(ask('SKU-B'))).toMatchObject(no);
  expect(answer(ask('SKU-NEW', { product: 'P2' }))).toMatchObject(no);
  expect(answer(ask('SKU-A2'))).toMatchObject({ ok: true });
  expect(answer(ask('SKU-NEW'))).toMatchObject({ ok: true });
  expect(answer(ask('SKU-B'), { exchangeOtherProduct: true })).toMatchObject({ ok: true });
});

test('M6, I21: a fee that no refund covers is asked for as feeMethod says, and goods on their way by uncollectedDays', () => {
  const claim = claimAfter([delivered, back([u('C', 1)], 'BUYER', { fault: 'BUYER' }), { type: 'pickup.scan' }]);
  // Picked up on 3 September: 10 days are the 13th.
  expect(waitsOf(claim, { ...DEFAULT_POLICY, uncollectedDays: 10 })).toEqual([
    { what: 'arrive', owner: 'L', until: dayOf('2026-09-13') },
  ]);
  const exchange = { type: 'exchange.request', units: A, reason: 'SIZE', wanted: { sku: 'W', listPrice: 29_900 } };
  const owing = claimAfter([delivered, exchange]);
  const fee = { what: 'fee EXCHANGE', owner: 'C', until: dayOf('2026-09-17') };
  expect(waitsOf(owing, DEFAULT_POLICY)[0]).toEqual({ ...fee, how: 'LINK' });
  expect(waitsOf(owing, { ...DEFAULT_POLICY, feeMethod: 'DEPOSIT' })[0]).toEqual({ ...fee, how: 'DEPOSIT' });
});

/** The newest claim after commands on O1, an hour apart from 3 September 10:00. */
function claimAfter(commands: object[]) {
  return run(timed(commands as never) as never).state.claims.at(-1)!;
}

function dayOf(text: string): number {
  return kstDay(Date.parse(`${text}T12:00:00+09:00`));
}
