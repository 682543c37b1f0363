import { expect, test } from 'vitest';
import { back, delivered, o1, play, u } from '../fixtures.ts';

const A = [u('A', 1)];
const swap = {
  type: 'exchange.request',
  units: A,
  fault: 'BUYER',
  reason: 'SIZE',
  wanted: { sku: 'X', listPrice: 29_900 },
};
const dock = [{ type: 'pickup.scan' }, { type: 'arrive' }];

test('T25, I18: an exchange withdrawn after the pick-up frees its replacement', () => {
  const scanned = play(o1(), [delivered, swap, { type: 'pickup.scan' }, { type: 'withdraw' }]);
  expect(scanned.books.stock).toEqual({});
  const docked = play(o1(), [delivered, swap, ...dock, { type: 'withdraw' }]);
  expect(docked.books.stock).toEqual({});
});

test('T25, I18: a return withdrawn after the inspection takes its piece out of stock again', () => {
  const played = play(o1(), [delivered, back(A, 'BUYER'), ...dock, { type: 'inspect.pass' }, { type: 'withdraw' }]);
  expect(played.books.stock).toEqual({});
});
