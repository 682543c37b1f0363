import { expect, test } from 'vitest';
import { back, delivered, o1, play, u } from '../fixtures.ts';

const swap = {
  type: 'exchange.request',
  units: [u('A', 1)],
  fault: 'SELLER',
  reason: 'DEFECT',
  wanted: { sku: 'X', listPrice: 29_900 },
};
const goods = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect.pass' }];

test('I19: a replacement that was refunded on its way is not refunded again when its parcel comes back', () => {
  const kept = [back([u('A', 1, 1)], 'SELLER'), { type: 'noCollect', approved: true }, { type: 'refund.execute' }];
  const refused = { type: 'parcel.refused', parcel: 'r1', reason: 'ADDRESS' };
  const lost = { type: 'parcel.lost', parcel: 'r1' };
  const played = play(o1(), [delivered, swap, ...goods, { type: 'exchange.ship' }, ...kept, refused, lost]);
  expect(played.steps.slice(-2)).toMatchObject([{ ok: false }, { ok: false }]);
  expect(played.books).toMatchObject({ refunded: { t1: 1_669, t2: 24_894 }, receivables: [] });
});
