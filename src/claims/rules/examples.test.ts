import { describe, expect, test } from 'vitest';
import {
  back,
  backAndPaid,
  delivered,
  group,
  type Loose,
  last,
  line,
  o1,
  o2,
  o3,
  o8,
  orderOf,
  play,
  quotes,
  refused,
  u,
  units,
} from './fixtures.ts';

const ab = [u('A', 1), u('B', 1)];

describe('allocation', () => {
  test('E1: the coupon of O1 is shared to the won', () => {
    const rows = units(play(o1(), []));
    expect(rows.map((row) => row.benefits.c1)).toEqual([3_337, 1_674, 1_674, 1_105, 1_105, 1_105]);
    expect(rows.map((row) => row.net)).toEqual([26_563, 13_326, 13_326, 8_795, 8_795, 8_795]);
    expect(rows.reduce((sum, row) => sum + row.net, 0)).toBe(79_600);
  });

  test('E2: points and card of O1 add up in rows and columns', () => {
    const rows = units(play(o1(), []));
    expect(rows.map((row) => row.tenders.t1)).toEqual([1_669, 837, 837, 553, 552, 552]);
    expect(rows.map((row) => row.tenders.t2)).toEqual([24_894, 12_489, 12_489, 8_242, 8_243, 8_243]);
  });
});

describe('cancel and return', () => {
  const cancel = (list: Loose[], fault = 'BUYER') => ({ type: 'cancel.request', units: list, fault });
  const paid = { type: 'refund.execute' };

  test('E3: three cancels of one piece each are one cancel of three', () => {
    const one = play(o1(), [cancel([u('C', 1)]), paid, cancel([u('C', 2)]), paid, cancel([u('C', 3)]), paid]);
    expect(quotes(one)[0]).toMatchObject({ refund: 8_795, perTender: { t1: 553, t2: 8_242 } });
    expect(one.books.refunded).toEqual({ t1: 553 + 552 + 552, t2: 24_728 });
    const three = play(o1(), [cancel([u('C', [1, 2, 3])]), paid]);
    expect(last(three).refund).toBe(26_385);
    expect(three.books.refunded).toEqual(one.books.refunded);
  });

  test('E4: a cancel that loses free shipping pays for it', () => {
    expect(last(play(o1(), [cancel(ab)]))).toMatchObject({
      refund: 36_889,
      shipping: -3_000,
      perTender: { t1: 2_506, t2: 34_383 },
    });
  });

  test('E5: one piece back on a change of mind', () => {
    const played = play(o1(), [delivered, back([u('A', 1)], 'BUYER'), ...backAndPaid()]);
    expect(quotes(played)[1]).toMatchObject({ refund: 23_563, perTender: { t1: 1_669, t2: 21_894 } });
    expect(played.books).toMatchObject({ fees: 3_000, refunded: { t1: 1_669, t2: 21_894 }, vatReversed: 2_142 });
  });

  test('E6: two pieces in one parcel lose free shipping and pay one fee', () => {
    expect(last(play(o1(), [delivered, back(ab, 'BUYER')]))).toMatchObject({
      refund: 33_889,
      perTender: { t1: 2_506, t2: 31_383 },
    });
  });

  test('E7: the same two in two parcels, in either order', () => {
    const a = [back([u('A', 1)], 'BUYER'), ...backAndPaid()];
    const b = [back([u('B', 1)], 'BUYER'), ...backAndPaid()];
    const first = play(o1(), [delivered, ...a, ...b]);
    expect(
      quotes(first)
        .filter((quote) => quote.refund)
        .map((quote) => quote.refund),
    ).toEqual([...Array(5).fill(23_563), ...Array(5).fill(7_326)]);
    const second = play(o1(), [delivered, ...b, ...a]);
    expect([quotes(second)[1]!.refund, quotes(second)[6]!.refund]).toEqual([10_326, 20_563]);
  });

  test('E8: both in one pick-up share the fee', () => {
    const joined = back([u('B', 1)], 'BUYER', { joinPickup: 'k1' });
    const played = play(o1(), [
      delivered,
      back([u('A', 1)], 'BUYER'),
      joined,
      ...backAndPaid('k1'),
      ...backAndPaid('k2'),
    ]);
    expect(refused(played)).toEqual(['consent_missing']);
    const agreed = play(o1(), [
      delivered,
      back([u('A', 1)], 'BUYER'),
      ...backAndPaid('k1').slice(0, 0),
      joined,
      { type: 'pickup.scan', claim: 'k1' },
      { type: 'arrive', claim: 'k1' },
      { type: 'inspect.pass', claim: 'k1' },
      { type: 'refund.execute', claim: 'k1' },
      { type: 'inspect.pass', claim: 'k2' },
      { type: 'quote.accept', claim: 'k2' },
      { type: 'refund.execute', claim: 'k2' },
    ]);
    expect(refused(agreed)).toEqual([]);
    expect(last(agreed).refund).toBe(10_326);
    expect(agreed.books.refunded).toEqual({ t1: 2_506, t2: 31_383 });
  });

  test('E9: the rest returned as defective brings the lost shipping back', () => {
    const played = play(o1(), [
      delivered,
      back(ab, 'BUYER'),
      ...backAndPaid(),
      back([u('B', 2), u('C', [1, 2, 3])], 'SELLER'),
      ...backAndPaid(),
    ]);
    expect(last(played)).toMatchObject({ items: 39_711, shipping: 3_000, refund: 42_711 });
    expect(Object.values(played.books.refunded as Loose).reduce((a, b) => a + b, 0)).toBe(76_600);
  });

  test('E10: the whole order back, by fault, and cancelled', () => {
    const all = [u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])];
    expect(last(play(o1(), [delivered, back(all, 'BUYER')]))).toMatchObject({
      refund: 73_600,
      perTender: { t1: 5_000, t2: 68_600 },
    });
    expect(last(play(o1(), [delivered, back(all, 'SELLER')])).refund).toBe(79_600);
    const cancelled = play(o1(), [cancel(all), paid]);
    expect(last(cancelled)).toMatchObject({ refund: 79_600, restored: { coupons: ['c1'], points: 5_000 } });
    expect(cancelled.books.restored).toEqual({ coupons: ['c1'], points: 5_000 });
  });

  test('E11: a defective piece in the parcel frees all of it', () => {
    const played = play(o1(), [
      delivered,
      back([u('A', 1)], 'SELLER'),
      back([u('B', 1)], 'BUYER', { joinPickup: 'k1' }),
      ...backAndPaid('k1'),
      ...backAndPaid('k2'),
    ]);
    expect(played.books).toMatchObject({
      fees: 0,
      shipping: [{ group: 'g1', due: 0 }],
      refunded: { t1: 2_506, t2: 37_383 },
    });
  });

  test('E12: lost by the carrier, refunded', () => {
    const lost = orderOf([line('A', 29_900), line('B', 15_000, 2), line('C', 9_900, 3)], {
      ...o1(),
      parcels: [
        { id: 'p1', group: 'g1', units: [u('A', 1), u('C', [1, 2, 3])] },
        { id: 'p2', group: 'g1', units: [u('B', [1, 2])] },
      ],
    });
    const played = play(lost, [
      { type: 'parcel.shipped', parcel: 'p2' },
      { type: 'parcel.lost', parcel: 'p2' },
      { type: 'refund.execute' },
    ]);
    expect(last(played)).toMatchObject({ refund: 26_652, perTender: { t1: 1_674, t2: 24_978 } });
    expect(played.books.receivables).toMatchObject([{ reason: 'CARRIER', amount: 26_652 }]);
  });

  test('E13: paid shipping and a remote area', () => {
    const request = (fault: string) => [delivered, back([u('A', 1)], fault)];
    expect(last(play(o2(), [cancel([u('A', 1)])])).refund).toBe(23_000);
    expect(last(play(o2(), request('BUYER'))).refund).toBe(17_000);
    expect(last(play(o2(), request('SELLER'))).refund).toBe(23_000);
    expect(last(play(o3(), request('BUYER'))).refund).toBe(33_000);
    expect(last(play(o3(), request('SELLER'))).refund).toBe(47_000);
  });

  test('E14: deductions above the price are collected', () => {
    const order = orderOf([line('A', 5_000)], {
      groups: [group({ freeThreshold: 0 })],
      tenders: [
        { id: 't1', kind: 'POINT', amount: 2_000 },
        { id: 't2', kind: 'CARD', amount: 3_000 },
      ],
    });
    const played = play(order, [
      delivered,
      back([u('A', 1)], 'BUYER'),
      ...backAndPaid(),
      { type: 'fee.paid', tender: { id: 't3', kind: 'CARD', amount: 1_000 } },
    ]);
    expect(last(played)).toMatchObject({ refund: 0, collect: 1_000 });
    expect(played.books).toMatchObject({
      collected: 1_000,
      fees: 3_000,
      due: 0,
      shipping: [{ due: 3_000 }],
      claims: [{ state: 'DONE' }],
    });
  });

  test('E15 and E16: broken conditions, kept or reclaimed', () => {
    const bundle = orderOf([line('A', 12_000, 3)], {
      groups: [group({ freeThreshold: 0 })],
      benefits: [{ id: 'b1', kind: 'BUNDLE', amount: 12_000, units: [u('A', [1, 2, 3])] }],
      tenders: [{ id: 't1', kind: 'CARD', amount: 24_000 }],
    });
    expect(last(play(bundle, [cancel([u('A', 1)])])).refund).toBe(8_000);
    expect(last(play(bundle, [cancel([u('A', 1)])], { policy: { bundleBreak: 'RECLAIM' } }))).toMatchObject({
      refund: 0,
      collect: 0,
      reclaim: 8_000,
    });
    const coupon = orderOf([line('A', 50_000), line('B', 30_000)], {
      benefits: [{ id: 'c1', kind: 'ORDER_COUPON', amount: 10_000, minPurchase: 70_000 }],
      tenders: [{ id: 't1', kind: 'CARD', amount: 70_000 }],
    });
    expect(last(play(coupon, [cancel([u('B', 1)])])).refund).toBe(26_250);
    const reclaimed = play(coupon, [cancel([u('B', 1)]), paid], { policy: { couponBreak: 'RECLAIM' } });
    expect(last(reclaimed)).toMatchObject({ refund: 20_000, reclaim: 6_250, restored: { coupons: ['c1'] } });
    expect(reclaimed.books).toMatchObject({ reclaim: 6_250, restored: { coupons: ['c1'] } });
  });

  test('E17 and E18: five tenders, proportional and cash first', () => {
    expect(last(play(o8(), [delivered, back([u('B', 1)], 'BUYER')])).perTender).toEqual({
      points: 900,
      deposit: 3_000,
      gift: 6_000,
      card: 15_000,
    });
    const cash = play(o8(), [delivered, back([u('B', 1)], 'BUYER')], { policy: { tenderMode: 'CASH_FIRST' } });
    expect(last(cash)).toMatchObject({ refund: 24_900, perTender: { card: 24_900 } });
    expect(last(play(o8(), [delivered, back([u('A', 1)], 'BUYER')]))).toMatchObject({
      refund: 59_100,
      perTender: { points: 2_100, deposit: 7_000, gift: 14_000, card: 36_000 },
    });
  });
});
