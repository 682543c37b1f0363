import { expect, test } from 'vitest';
import { back, delivered, o1, play, u } from '../fixtures.ts';

const A = [u('A', 1)];
const dearer = { sku: 'X', listPrice: 35_900 };
const swap = { type: 'exchange.request', units: A, fault: 'BUYER', reason: 'SIZE', wanted: dearer };
const goods = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect.pass' }];
const paid = { type: 'fee.paid', tender: { id: 'pay', kind: 'CARD', amount: 12_000 } };
const end = [{ type: 'exchange.ship' }, { type: 'parcel.delivered', parcel: 'r1' }];

test('E19: the quote of an exchange is the same whether its fee is paid before or after the inspection', () => {
  const before = play(o1(), [delivered, swap, paid, ...goods, ...end]);
  const after = play(o1(), [delivered, swap, ...goods, paid, ...end]);
  expect(before.steps[5]).toMatchObject({ events: ['inspect.pass'], quote: { credited: 0, collect: 12_000 } });
  expect(before.books).toEqual(after.books);
  expect(before.books.allocation.units.at(-1)).toMatchObject({ child: 1, net: 32_563, tenders: { pay: 6_000 } });
});

test('T24: the quote of a withdrawn claim is void', () => {
  const played = play(o1(), [delivered, back(A, 'BUYER'), { type: 'withdraw' }]);
  expect(played.steps[2]).toMatchObject({ quote: { items: 0, returnFee: 0, refund: 0, collect: 0, perTender: {} } });
});

test('T24: what was paid for a withdrawn exchange is what its quote gives back', () => {
  const played = play(o1(), [delivered, swap, paid, { type: 'withdraw' }]);
  const quote = { exchangeFee: 0, difference: 0, credited: 12_000, refund: 12_000, perTender: { pay: 12_000 } };
  expect(played.steps[3]).toMatchObject({ quote });
  expect(played.books).toMatchObject({ collected: 12_000, refunded: { pay: 12_000 }, fees: 0 });
});

test('T30, I6: who pays for the old piece of an exchange buys it, which is no part of the order', () => {
  const first = { type: 'exchange.shipFirst', approved: true };
  const seller = { ...swap, fault: 'SELLER', reason: 'DEFECT', wanted: { sku: 'X', listPrice: 29_900 } };
  const claw = { type: 'preRefund.clawback', at: '2026-09-21T10:00:00+09:00' };
  const debt = { type: 'receivable.paid', receivable: 'CROSS_NOT_HANDED', amount: 26_563 };
  const played = play(o1(), [delivered, seller, first, { type: 'parcel.delivered', parcel: 'r1' }, claw, debt]);
  const paidFor = { reason: 'CROSS_NOT_HANDED', amount: 26_563, paid: 26_563 };
  expect(played.books).toMatchObject({ captured: 79_600, collected: 0, refunded: {}, receivables: [paidFor] });
});
