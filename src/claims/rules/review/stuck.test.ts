import { expect, test } from 'vitest';
import { delivered, o1, play, refused, u } from '../fixtures.ts';

const goods = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect.pass' }];

test('I21, T21: an exchange whose difference was refunded and whose reservation ran out may take another piece of that price', () => {
  const wanted = (sku: string) => ({ sku, listPrice: 24_900 });
  const swap = { type: 'exchange.request', units: [u('A', 1)], fault: 'SELLER', reason: 'DEFECT', wanted: wanted('X') };
  const before = [
    delivered,
    swap,
    ...goods,
    { type: 'refund.execute' },
    { type: 'exchange.expire', at: '2026-09-10T10:00:00+09:00' },
  ];
  const end = [{ type: 'exchange.ship' }, { type: 'parcel.delivered', parcel: 'r1' }];
  const played = play(o1(), [...before, { type: 'exchange.change', wanted: wanted('Y') }, ...end]);
  expect(refused(played)).toEqual([]);
  // E20, SELLER: 5,000 cheaper, no fee; A is worth 26,563 − 5,000 from then on.
  expect(played.books.refunded).toEqual({ t2: 5_000 });
  expect(played.books.allocation.units.at(-1)).toMatchObject({ child: 1, net: 21_563 });
  expect(played.books.claims[0].state).toBe('DONE');
  const dearer = { type: 'exchange.change', wanted: { sku: 'Y', listPrice: 25_000 } };
  expect(refused(play(o1(), [...before, dearer]))).toEqual(['refund_started']);
});
