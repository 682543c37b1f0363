import { describe, expect, test } from 'vitest';
import { back, backAndPaid, delivered, group, line, o1, o2, o3, o8, orderOf, play, u } from './fixtures.ts';
import type { Played } from './play.ts';

// biome-ignore lint/suspicious/noExplicitAny: results are JSON, compared figure by figure
type Loose = Record<string, any>;

function quotes(played: Played): Loose[] {
  return played.steps.map((step) => (step.ok ? ((step.quote ?? {}) as Loose) : { refusal: step.refusal.code }));
}
function last(played: Played): Loose {
  return quotes(played).at(-1)!;
}
function refused(played: Played): string[] {
  return played.steps.flatMap((step) => (step.ok ? [] : [step.refusal.code]));
}
function units(played: Played): Loose[] {
  return (played.books as Loose).allocation.units;
}
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

describe('exchange', () => {
  const swap = (listPrice: number, fault: string) => ({
    type: 'exchange.request',
    units: [u('A', 1)],
    fault,
    reason: fault === 'BUYER' ? 'SIZE' : 'DEFECT',
    wanted: { sku: 'SKU-9', listPrice },
  });
  const pay = (amount: number) => ({ type: 'fee.paid', tender: { id: 't3', kind: 'CARD', amount } });
  const shipped = [
    { type: 'pickup.scan' },
    { type: 'arrive' },
    { type: 'inspect.pass' },
    { type: 'exchange.ship' },
    { type: 'parcel.delivered', parcel: 'r1' },
  ];

  test('E19: dearer replacement, then the replacement returned', () => {
    const played = play(o1(), [
      delivered,
      swap(35_900, 'BUYER'),
      pay(12_000),
      ...shipped,
      back([u('A', 1, 1)], 'BUYER'),
      ...backAndPaid(),
    ]);
    expect(refused(played)).toEqual([]);
    expect(quotes(played)[1]).toMatchObject({ exchangeFee: 6_000, difference: 6_000, collect: 12_000 });
    expect(units(played).at(-1)).toMatchObject({ child: 1, net: 32_563 });
    expect(last(played).refund).toBe(29_563);
    expect(played.books).toMatchObject({ collected: 12_000, fees: 9_000 });
  });

  test('E20: cheaper replacement pays the fee first; a seller pays no fee', () => {
    const played = play(o1(), [delivered, swap(24_900, 'BUYER'), pay(1_000), ...shipped]);
    expect(refused(played)).toEqual([]);
    expect(quotes(played)[1]).toMatchObject({ exchangeFee: 6_000, difference: -5_000, collect: 1_000 });
    expect(units(played).at(-1)).toMatchObject({ net: 21_563 });
    expect(last(play(o1(), [delivered, swap(29_900, 'SELLER')]))).toMatchObject({ refund: 0, collect: 0 });
  });

  test('E21: converted to a return, the paid fee is credited', () => {
    const played = play(o1(), [delivered, swap(29_900, 'BUYER'), pay(6_000), { type: 'convert', to: 'RETURN' }]);
    expect(last(played)).toMatchObject({
      items: 26_563,
      credited: 6_000,
      returnFee: 3_000,
      refund: 29_563,
      perTender: { t3: 3_000 },
    });
    const gross = play(o1(), [delivered, swap(24_900, 'BUYER'), pay(6_000), { type: 'convert', to: 'RETURN' }]);
    expect(last(gross).refund).toBe(29_563);
  });

  test('E35: defective return and a change of taste in one parcel', () => {
    const run = (mixedFaultExchange: string) =>
      play(
        o1(),
        [delivered, back([u('A', 1)], 'SELLER'), { ...swap(15_000, 'BUYER'), units: [u('B', 1)], joinPickup: 'k1' }],
        { policy: { mixedFaultExchange } },
      );
    expect(quotes(run('FREE'))[1]!.refund).toBe(26_563);
    expect(last(run('FREE')).exchangeFee).toBe(0);
    expect(quotes(run('REDELIVERY_ONLY'))[1]!.refund).toBe(26_563);
    expect(last(run('REDELIVERY_ONLY')).exchangeFee).toBe(3_000);
  });
});

describe('advance, dates, interest', () => {
  test('E22: an advance whose goods fail is clawed back with the way back', () => {
    const played = play(o1(), [
      delivered,
      back([u('A', 1)], 'BUYER'),
      { type: 'preRefund', reason: 'slow collection', approved: true },
      { type: 'pickup.scan' },
      { type: 'arrive' },
      { type: 'inspect.fail' },
      { type: 'preRefund.clawback', goods: 'SEND_BACK' },
      { type: 'parcel.delivered', parcel: 'b1' },
      { type: 'receivable.paid', receivable: 'v1', amount: 26_563 },
    ]);
    expect(refused(played)).toEqual([]);
    expect(played.books).toMatchObject({
      receivables: [{ reason: 'PRE_REFUND_CLAWBACK', amount: 26_563, paid: 26_563 }],
      refunded: { t1: 1_669, t2: 21_894 },
      collected: 26_563,
      fees: 3_000,
      claims: [{ state: 'REJ' }],
    });
  });

  test('E23: interest over 추석', () => {
    const played = play(o1(), [
      { ...delivered, at: '2026-09-15T10:00:00+09:00' },
      back([u('A', 1)], 'BUYER'),
      { type: 'pickup.scan' },
      { type: 'arrive', at: '2026-09-22T10:00:00+09:00' },
      { type: 'inspect.pass' },
      { type: 'refund.execute', at: '2026-10-06T10:00:00+09:00' },
    ]);
    expect(last(played)).toMatchObject({ dueOn: '2026-09-29', interest: 67 });
    expect(played.books.interest).toBe(67);
  });

  test('E24: a stock-out counts from the payment', () => {
    const order = o1({ orderedAt: '2026-09-21T09:00:00+09:00', paidAt: '2026-09-21T10:00:00+09:00' });
    expect(last(play(order, [{ type: 'stockout.cancel', at: '2026-09-30T10:00:00+09:00' }])).dueOn).toBe('2026-09-28');
  });

  test('E25: the last day of a change of mind moves over 추석', () => {
    const at = (time: string) =>
      play(o1(), [
        { ...delivered, at: '2026-09-18T10:00:00+09:00' },
        { ...back([u('A', 1)], 'BUYER'), at: time },
      ]);
    expect(refused(at('2026-09-28T23:59:59+09:00'))).toEqual([]);
    expect(refused(at('2026-09-29T00:00:00+09:00'))).toEqual(['outside_window']);
    expect(at('2026-09-28T23:59:59+09:00').books.windows[0]).toMatchObject({ changeOfMindUntil: '2026-09-28' });
  });

  test('E26: both limits of a defect bind', () => {
    const order = o1({ orderedAt: '2026-06-01T10:00:00+09:00', paidAt: '2026-06-01T10:00:00+09:00' });
    const at = (known: string, time: string) =>
      refused(
        play(order, [
          { ...delivered, at: '2026-06-10T10:00:00+09:00' },
          { ...back([u('A', 1)], 'SELLER'), known, at: time },
        ]),
      );
    expect(at('2026-06-20', '2026-07-20T23:00:00+09:00')).toEqual([]);
    expect(at('2026-06-20', '2026-07-21T00:00:00+09:00')).toEqual(['outside_window']);
    expect(at('2026-08-25', '2026-09-10T23:00:00+09:00')).toEqual([]);
    expect(at('2026-08-25', '2026-09-11T00:00:00+09:00')).toEqual(['outside_window']);
  });
});

describe('tax, shares, special handling', () => {
  test('E27: VAT reversal and shares of a compensation', () => {
    const order = orderOf([line('A', 17_000), line('T', 15_000), line('X', 10_000, 1, { taxKind: 'EXEMPT' })], {
      groups: [group({ freeThreshold: 0 })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 42_000 }],
    });
    const played = play(order, [
      { type: 'cancel.request', units: [u('T', 1)], fault: 'SELLER' },
      { type: 'refund.execute' },
      {
        type: 'compensate',
        kind: 'POINT',
        amount: 3_333,
        reason: 'goodwill',
        shares: { seller: 70, platform: 30 },
        approved: true,
      },
    ]);
    expect(played.books.vatReversed).toBe(1_364);
    expect(played.books.compensations).toEqual([
      { kind: 'POINT', amount: 3_333, shares: { seller: 2_333, platform: 1_000 } },
    ]);
  });

  test('E28: forced discount before payment, and a ship-less pair', () => {
    const unpaid = orderOf([line('A', 129_000)], {
      paidAt: null,
      tenders: [{ id: 't1', kind: 'CARD', amount: 129_000 }],
    });
    const forced = play(unpaid, [
      { type: 'forcedDiscount', units: [u('A', 1)], percent: 7, reason: 'card changed', approved: true },
      { type: 'order.paid' },
    ]);
    expect(forced.books).toMatchObject({ captured: 119_970, allocation: { units: [{ net: 119_970 }] } });
    const old = orderOf([line('A', 100_000)], { tenders: [{ id: 't1', kind: 'CARD', amount: 100_000 }] });
    const newOrder = orderOf([line('A', 80_000)], {
      mallOrderNo: '20260905-1',
      tenders: [{ id: 't1', kind: 'CARD', amount: 80_000 }],
    });
    const pair = play(old, [delivered, { type: 'shipless', units: [u('A', 1)], newOrder, approved: true }]);
    expect(pair.books).toMatchObject({
      refunded: { t1: 100_000 },
      fees: 0,
      stock: {},
      units: [{ stage: 'RETURNED', place: 'CUSTOMER' }],
    });
    expect(pair.books.orders).toMatchObject([{ order: '20260905-1', books: { captured: 80_000, stock: {} } }]);
  });

  test('E29: usage deducted at supply cost', () => {
    const order = orderOf([line('A', 45_000)], {
      groups: [group({ freeThreshold: 0 })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 45_000 }],
    });
    const paid = orderOf([line('A', 45_000)], {
      groups: [group({ paid: 3_000 })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 48_000 }],
    });
    const usage = { usage: { units: 6, supplyCost: 1_500 }, approved: true };
    expect(last(play(paid, [delivered, back([u('A', 1)], 'BUYER', usage)])).refund).toBe(33_000);
    expect(refused(play(order, [delivered, back([u('A', 1)], 'BUYER', { usage: usage.usage })]))).toEqual([
      'approval_required',
    ]);
  });

  test('E30 and E31: reduced, then returned', () => {
    const reduce = (amount: number, list: Loose[], approved: boolean) => ({
      type: 'price.reduce',
      units: list,
      amount,
      reason: 'DAMAGED_IN_TRANSIT',
      approved,
    });
    const start = [delivered, reduce(5_000, [u('A', 1)], false), { type: 'refund.execute' }];
    const reduced = play(o1(), start);
    expect(reduced.books.refunded).toEqual({ t1: 314, t2: 4_686 });
    expect(last(play(o1(), [...start, back([u('A', 1)], 'BUYER')]))).toMatchObject({
      items: 21_563,
      refund: 18_563,
      perTender: { t1: 1_355, t2: 17_208 },
    });
    expect(last(play(o1(), [...start, back([u('A', 1)], 'SELLER')]))).toMatchObject({
      refund: 21_563,
      perTender: { t1: 1_355, t2: 20_208 },
    });
    const all = play(o1(), [
      ...start,
      back([u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])], 'SELLER'),
      ...backAndPaid(),
    ]);
    expect(all.books.refunded).toEqual({ t1: 5_000, t2: 74_600 });
    expect(refused(play(o1(), [delivered, reduce(8_000, ab, false)]))).toEqual(['approval_required']);
    const both = play(o1(), [delivered, reduce(8_000, ab, true), { type: 'refund.execute' }]);
    expect(
      units(both)
        .map((row) => row.reduced)
        .slice(0, 2),
    ).toEqual([5_327, 2_673]);
  });

  test('E32: sent by the customer', () => {
    const send = (fault: string, more: Loose) => [
      delivered,
      back([u('A', 1)], fault, { method: 'CUSTOMER_SENDS', ...more }),
    ];
    expect(last(play(o1(), send('BUYER', {}))).refund).toBe(26_563);
    expect(last(play(o1(), send('BUYER', { sentPay: 'COLLECT', fare: 4_500 }))).refund).toBe(23_563);
    expect(
      last(
        play(o1(), send('BUYER', { sentPay: 'COLLECT', fare: 4_500 }), { policy: { sentCollectExcess: 'NOTIFIED' } }),
      ).refund,
    ).toBe(22_063);
    const enclosed = play(o1(), [
      ...send('BUYER', { sentPay: 'ENCLOSED' }),
      { type: 'arrive', cash: 3_000 },
      { type: 'inspect.pass' },
      { type: 'refund.execute' },
    ]);
    expect(last(enclosed)).toMatchObject({ refund: 26_563, credited: 3_000, returnFee: 3_000 });
    expect(enclosed.books).toMatchObject({ collected: 3_000, fees: 3_000, claims: [{ state: 'DONE' }] });
    const seller = play(o1(), [...send('SELLER', { fare: 4_000 }), ...backAndPaid().slice(1)]);
    expect(last(seller)).toMatchObject({ refund: 26_563, fare: 4_000 });
    expect(seller.books.fares).toBe(4_000);
  });

  test('E33: shipping by quantity', () => {
    const order = orderOf([line('A', 10_000, 5)], {
      groups: [group({ feeKind: 'PER_QTY', n: 2, paid: 9_000 })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 59_000 }],
    });
    expect(last(play(order, [{ type: 'cancel.request', units: [u('A', 1)], fault: 'BUYER' }])).refund).toBe(13_000);
    expect(last(play(order, [delivered, back([u('A', [1, 2])], 'BUYER')])).refund).toBe(17_000);
    expect(last(play(order, [delivered, back([u('A', [1, 2])], 'SELLER')])).refund).toBe(23_000);
    expect(last(play(order, [delivered, back([u('A', [1, 2, 3, 4, 5])], 'BUYER')])).refund).toBe(47_000);
  });

  test('E34: shipping by steps of the amount, and cash on delivery', () => {
    const steps = [
      { from: 0, fee: 4_000 },
      { from: 30_000, fee: 2_500 },
      { from: 50_000, fee: 0 },
    ];
    const order = orderOf([line('A', 20_000, 2)], {
      groups: [group({ feeKind: 'TIERED', by: 'AMOUNT', steps, paid: 2_500 })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 42_500 }],
    });
    expect(last(play(order, [delivered, back([u('A', 1)], 'BUYER')]))).toMatchObject({
      shipping: -1_500,
      refund: 15_500,
    });
    expect(last(play(order, [delivered, back([u('A', 1)], 'SELLER')])).refund).toBe(20_000);
    const cod = orderOf([line('A', 20_000)], {
      groups: [group({ feeKind: 'COD' })],
      tenders: [{ id: 't1', kind: 'CARD', amount: 20_000 }],
    });
    expect(last(play(cod, [delivered, back([u('A', 1)], 'BUYER')])).refund).toBe(17_000);
  });

  test('E36 and E37: the means of payment changed before shipping', () => {
    const change = (more: Loose) => ({
      type: 'tender.change',
      tender: 't2',
      to: { id: 't4', kind: 'TRANSFER' },
      ...more,
    });
    const played = play(o1(), [change({}), delivered, back([u('A', 1)], 'BUYER'), ...backAndPaid()]);
    expect(refused(played)).toEqual([]);
    expect(last(played)).toMatchObject({ refund: 23_563, perTender: { t1: 1_669, t4: 21_894 } });
    expect(played.books).toMatchObject({ captured: 154_200, refunded: { t1: 1_669, t2: 74_600, t4: 21_894 } });
    const instant = orderOf([line('A', 100_000)], {
      benefits: [{ id: 'i1', kind: 'TENDER_INSTANT', amount: 7_000, tender: 't2' }],
      tenders: [{ id: 't2', kind: 'CARD', amount: 93_000 }],
    });
    const falls = play(instant, [change({})]);
    expect(falls.books).toMatchObject({
      captured: 193_000,
      refunded: { t2: 93_000 },
      allocation: { units: [{ net: 100_000 }] },
    });
    expect(refused(play(instant, [change({ keepDiscount: true })]))).toEqual(['approval_required']);
    const keeps = play(instant, [change({ keepDiscount: true, approved: true })]);
    expect(keeps.books).toMatchObject({
      captured: 186_000,
      refunded: { t2: 93_000 },
      allocation: { units: [{ net: 93_000 }] },
    });
  });

  test('E38: a quote that became worse waits for the customer', () => {
    const played = play(o1(), [
      delivered,
      back([u('A', 1)], 'BUYER'),
      back([u('B', 1)], 'BUYER'),
      ...backAndPaid('k1'),
      ...backAndPaid('k2'),
      { type: 'quote.accept', claim: 'k2' },
      { type: 'refund.execute', claim: 'k2' },
    ]);
    expect([quotes(played)[1]!.refund, quotes(played)[2]!.refund]).toEqual([23_563, 10_326]);
    expect(quotes(played)[9]!.refund).toBe(7_326);
    expect(refused(played)).toEqual(['consent_missing']);
    expect(Object.values(played.books.refunded as Loose).reduce((a, b) => a + b, 0)).toBe(30_889);
  });
});
