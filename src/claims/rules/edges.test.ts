import { expect, test } from 'vitest';
import { addMonths, dateText, dayOf } from '#policies/rules/calendar.ts';
import { back, delivered, group, line, o1, o3, orderOf, play, u } from './fixtures.ts';

const quote = (played: { steps: unknown[] }): unknown => (played.steps.at(-1) as { quote: unknown }).quote;

test('three months from the end of a month end with the month', () => {
  expect(dateText(addMonths(dayOf('2026-11-30')!, 3))).toBe('2027-02-28');
});

test('M2: an order coupon lowers prices before a card discount is shared', () => {
  const order = orderOf([line('A', 10_000), line('B', 10_000)], {
    benefits: [
      { id: 'i', kind: 'TENDER_INSTANT', amount: 3_000 },
      { id: 'c', kind: 'ORDER_COUPON', amount: 5_000, lines: ['A'] },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 12_000 }],
  });
  expect(play(order, []).books.allocation.units.map((row: { net: number }) => row.net)).toEqual([4_000, 8_000]);
});

test('M4: a step begins at its amount', () => {
  const steps = [
    { from: 0, fee: 4_000 },
    { from: 20_000, fee: 2_500 },
  ];
  const order = orderOf([line('A', 20_000)], {
    groups: [group({ feeKind: 'TIERED', steps, paid: undefined })],
    tenders: [{ id: 't1', kind: 'CARD', amount: 22_500 }],
  });
  expect(play(order, []).books.shipping).toEqual([{ group: 'g1', due: 2_500 }]);
});

test('M8: a coupon whose minimum is still exactly met is not taken back', () => {
  const order = orderOf([line('A', 70_000), line('B', 10_000)], {
    benefits: [{ id: 'c', kind: 'ORDER_COUPON', amount: 8_000, minPurchase: 70_000 }],
    tenders: [{ id: 't1', kind: 'CARD', amount: 72_000 }],
  });
  const cancel = { type: 'cancel.request', units: [u('B', 1)], fault: 'BUYER' };
  expect(quote(play(order, [cancel], { policy: { couponBreak: 'RECLAIM' } }))).toMatchObject({
    reclaim: 0,
    refund: 9_000,
  });
});

test('M5: a remote exchange pays the surcharge both ways; sending back is free when the seller is at fault', () => {
  const wanted = { sku: 'W', listPrice: 40_000 };
  const swap = { type: 'exchange.request', units: [u('A', 1)], reason: 'SIZE', wanted };
  expect(quote(play(o3(), [delivered, swap]))).toMatchObject({ exchangeFee: 14_000, collect: 14_000 });
  const away = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'withdraw' }];
  expect(quote(play(o1(), [delivered, back([u('A', 1)], 'SELLER'), ...away]))).toMatchObject({
    sendBack: 0,
    collect: 0,
  });
  expect(quote(play(o1(), [delivered, back([u('A', 1)], 'BUYER'), ...away]))).toMatchObject({
    sendBack: 3_000,
    collect: 3_000,
  });
});

test('T0: an order confirmed at import has arrived by then, though the mall told no delivery', () => {
  const parcels = [{ id: 'p1', group: 'g1', units: [u('A', 1)], shippedAt: '2026-09-02T10:00:00+09:00' }];
  const order = orderOf([line('A', 50_000)], {
    groups: [group({ paid: 0 })],
    tenders: [{ id: 't1', kind: 'CARD', amount: 50_000 }],
    parcels,
    confirmedAt: '2026-09-10T10:00:00+09:00',
  });
  const { books } = play(order, []);
  expect(books.units).toMatchObject([{ stage: 'CONFIRMED', place: 'CUSTOMER' }]);
  expect(books.windows).toMatchObject([{ changeOfMindUntil: '2026-09-17' }]);
});
