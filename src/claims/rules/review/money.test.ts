import { expect, test } from 'vitest';
import { back, delivered, group, line, o1, o2, orderOf, play, u } from '../fixtures.ts';

const A = [u('A', 1)];
const B = [u('B', 1)];
const prepaid = { method: 'CUSTOMER_SENDS', sentPay: 'PREPAID', fare: 4_000 };
const pass = (claim: string) => ({ type: 'inspect.pass', claim });
const pay = (claim: string) => ({ type: 'refund.execute', claim });
const both = [pass('k1'), pass('k2'), pay('k1'), pay('k2')];

test('M5: the fare of a box that two claims share is paid back once', () => {
  const joined = back(B, 'SELLER', { joinPickup: 'k1' });
  const box = { type: 'arrive', fare: 4_000 };
  const played = play(o1(), [delivered, back(A, 'SELLER', prepaid), joined, box, ...both]);
  expect(played.books).toMatchObject({ fares: 4_000, refunded: { t1: 2_506, t2: 37_383 } });
});

test('M5: the fare of a box is paid back once when the inspection splits the claim', () => {
  const some = { type: 'inspect.pass', units: A };
  const rest = [some, pass('k2'), pay('k1'), pay('k2')];
  const played = play(o1(), [delivered, back([...A, ...B], 'SELLER', prepaid), { type: 'arrive' }, ...rest]);
  expect(played.books.fares).toBe(4_000);
});

test('M5: what comes later in a box of its own has a fare of its own', () => {
  const boxes = [
    { type: 'arrive', units: A, fare: 4_000 },
    { type: 'arrive', claim: 'k2', fare: 3_500 },
  ];
  const played = play(o1(), [delivered, back([...A, ...B], 'SELLER', prepaid), ...boxes, ...both]);
  expect(played.steps[2]).toMatchObject({ quote: { fare: 4_000 } });
  expect(played.books.fares).toBe(7_500);
});

test('M5: cash in a shared box goes to the claim that bears the fee', () => {
  const enclosed = back(A, 'BUYER', { method: 'CUSTOMER_SENDS', sentPay: 'ENCLOSED' });
  const box = { type: 'arrive', cash: 3_000 };
  const played = play(o1(), [delivered, enclosed, back(B, 'BUYER', { joinPickup: 'k1' }), box, ...both]);
  expect(played.steps[4]).toMatchObject({ quote: { credited: 3_000, returnFee: 3_000, refund: 26_563 } });
});

test('M17: the new tender takes the old one’s share of shipping too', () => {
  const { allocation } = play(o2(), [
    { type: 'tender.change', tender: 't1', to: { id: 't9', kind: 'TRANSFER' } },
  ]).books;
  expect(allocation.shipping).toEqual([{ group: 'g1', amount: 3_000, tenders: { t9: 3_000 } }]);
  expect(allocation.units[0].tenders).toEqual({ t9: 20_000 });
});

test('M13: the quote shows the interest of the day as long as the goods are looked at', () => {
  const back22 = { type: 'arrive', at: '2026-09-22T10:00:00+09:00' };
  const late = { type: 'inspect.fail', at: '2026-10-06T10:00:00+09:00' };
  const played = play(o1(), [delivered, back(A, 'SELLER'), { type: 'pickup.scan' }, back22, late]);
  expect(played.steps[4]).toMatchObject({ quote: { dueOn: '2026-09-29', refund: 26_563, interest: 76 } });
});

test('M13: a tender that was refunded in time bears no interest any more', () => {
  const back22 = { type: 'arrive', at: '2026-09-22T10:00:00+09:00' };
  const points = { type: 'refund.execute', tender: 't1', at: '2026-09-29T23:59:59+09:00' };
  const hold = { type: 'claim.hold', reason: 'x', until: '2026-10-08', at: '2026-10-06T10:00:00+09:00' };
  const asked = [delivered, back(A, 'SELLER'), { type: 'pickup.scan' }];
  const played = play(o1(), [...asked, back22, pass('k1'), points, hold]);
  expect(played.steps[5]).toMatchObject({ quote: { interest: 0 } });
  expect(played.steps[6]).toMatchObject({ quote: { interest: 71 } });
});

test('M3, T37: a discount before payment lowers the tender that takes the rest', () => {
  const tenders = [
    { id: 'card', kind: 'CARD', amount: 109_000 },
    { id: 'points', kind: 'POINT', amount: 20_000 },
  ];
  const order = orderOf([line('A', 129_000)], { paidAt: null, tenders, groups: [group()] });
  const forced = { type: 'forcedDiscount', units: A, percent: 7, reason: 'x', approved: true };
  const { allocation } = play(order, [forced, { type: 'order.paid' }]).books;
  expect(allocation.units[0].tenders).toEqual({ points: 20_000, card: 99_970 });
});

test('T30: the day until which goods may be handed over ends at midnight in Korea', () => {
  const early = { type: 'preRefund', reason: 'x', evidence: ['x'], approved: true, at: '2026-09-03T15:00:00+09:00' };
  const claw = (at: string) => ({ type: 'preRefund.clawback', at });
  const last = [claw('2026-09-17T23:59:59+09:00'), claw('2026-09-18T00:00:00+09:00')];
  const played = play(o1(), [delivered, back(A, 'SELLER'), early, ...last]);
  expect(played.steps[3]).toMatchObject({ ok: false, refusal: { code: 'too_early' } });
  expect(played.steps[4]).toMatchObject({ ok: true, events: ['preRefund.clawback'] });
});

test('T45: a fee becomes a receivable when fourteen days in Korea have passed', () => {
  const order = orderOf([line('A', 5_000)], { groups: [group({ freeThreshold: 0 })] });
  const due = [{ type: 'pickup.scan' }, { type: 'arrive' }, { ...pass('k1'), at: '2026-09-03T15:00:00+09:00' }];
  const overdue = (at: string) => ({ type: 'fee.overdue', at });
  const last = [overdue('2026-09-17T23:59:59+09:00'), overdue('2026-09-18T00:00:00+09:00')];
  const played = play(order, [delivered, back(A, 'BUYER'), ...due, ...last]);
  expect(played.steps[5]).toMatchObject({ ok: false, refusal: { code: 'too_early' } });
  expect(played.books.receivables.map((row: { amount: number }) => row.amount)).toEqual([1_000]);
});

test('T44: what a manager or the head decides is not for an agent, however small', () => {
  const points = { type: 'compensate', kind: 'POINT', amount: 1_000, reason: 'LATE' };
  const by = (who: string) => ({ policy: { compensation: { LATE: { kind: 'POINT', won: 1_000, by: who } } } });
  expect(play(o1(), [points], by('AGENT')).steps[0]).toMatchObject({ ok: true });
  const approve = [{ role: 'manager' }];
  expect(play(o1(), [points], by('M')).steps[0]).toMatchObject({ refusal: { code: 'approval_required', approve } });
  expect(play(o1(), [points], by('head')).steps[0]).toMatchObject({ refusal: { approve: [{ role: 'head' }] } });
});

test('T44: a rule in percent counts from what the named units cost', () => {
  const policy = { compensation: { PRICE: { kind: 'POINT', percent: 20, by: 'AGENT' } } };
  const points = (amount: number) => ({ type: 'compensate', kind: 'POINT', amount, reason: 'PRICE', units: A });
  const played = play(o1(), [points(5_313), points(5_312)], { policy });
  expect(played.steps).toMatchObject([{ ok: false }, { ok: true }]);
});

test('M14: cash that came in the box and went back is not clawed back', () => {
  const early = { type: 'preRefund', reason: 'x', evidence: ['x'], approved: true };
  const box = [
    { type: 'arrive', cash: 3_000 },
    { type: 'inspect.fail' },
    { type: 'preRefund.clawback', goods: 'SEND_BACK' },
  ];
  const played = play(o1(), [delivered, back(A, 'BUYER'), early, { type: 'pickup.scan' }, ...box]);
  expect(played.books.refunded).toEqual({ t1: 1_669, t2: 21_894, 'cash/k1': 3_000 });
  expect(played.books.receivables).toMatchObject([{ reason: 'PRE_REFUND_CLAWBACK', amount: 26_563 }]);
});
