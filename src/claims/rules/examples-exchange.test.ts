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
  orderOf,
  play,
  quotes,
  refused,
  u,
  units,
} from './fixtures.ts';

const ab = [u('A', 1), u('B', 1)];

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
