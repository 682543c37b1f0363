import { expect, test } from 'vitest';
import { back, delivered, line, o1, orderOf, play, u } from '../fixtures.ts';

const B = [u('B', [1, 2])];
const B1 = [u('B', 1)];
const B2 = [u('B', 2)];

function claims(played: ReturnType<typeof play>) {
  return played.books.claims.map((row: { kind: string; state: string }) => `${row.kind} ${row.state}`);
}
function places(played: ReturnType<typeof play>) {
  return played.books.units
    .filter((row: { line: string }) => row.line === 'B')
    .map((row: { stage: string; place: string }) => `${row.stage} ${row.place}`);
}

test('T33, T34: of two pieces that are sent again one is lost: its money goes back, the other is delivered', () => {
  const again = { type: 'reship', units: B, reason: 'DAMAGED_IN_TRANSIT' };
  const lost = { type: 'parcel.lost', parcel: 'r1', units: B1, wish: 'REFUND' };
  const there = { type: 'parcel.delivered', parcel: 'r1' };
  const pay = { type: 'refund.execute', claim: 'k3' };
  const played = play(o1(), [delivered, again, { type: 'parcel.shipped', parcel: 'r1' }, lost, there, pay]);
  expect(played.steps.map((step) => step.ok)).toEqual([true, true, true, true, true, true]);
  expect(claims(played)).toEqual(['RESHIP DONE', 'RESHIP DONE', 'RETURN DONE']);
  expect(places(played)).toEqual(['LOST_CLOSED LOST', 'DELIVERED CUSTOMER']);
  // B1 of O1: net 13,326, of which points 837 and card 12,489; fault CARRIER, so no fee.
  expect(played.books.refunded).toEqual({ t1: 837, t2: 12_489 });
});

test('T25, T34: of two pieces that are sent back one is lost: it is refunded, the other ends the withdrawal', () => {
  const late = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'withdraw' }];
  const ship = { type: 'parcel.shipped', parcel: 'b1' };
  const lost = { type: 'parcel.lost', parcel: 'b1', units: B1, wish: 'REFUND' };
  const there = { type: 'parcel.delivered', parcel: 'b1' };
  const pay = { type: 'refund.execute', claim: 'k3' };
  const played = play(o1(), [delivered, back(B, 'SELLER'), ...late, ship, lost, there, pay]);
  expect(claims(played)).toEqual(['RETURN WDN', 'RETURN WDN', 'RETURN DONE']);
  expect(places(played)).toEqual(['LOST_CLOSED LOST', 'DELIVERED CUSTOMER']);
  expect(played.books.refunded).toEqual({ t1: 837, t2: 12_489 });
});

test('T27, T34: of two pieces that are sent again after a refund one is lost: it is sent once more', () => {
  const order = orderOf([line('B', 15_000, 2)], { tenders: [{ id: 'c', kind: 'CARD', amount: 30_000 }] });
  const refunded = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect.pass' }, { type: 'refund.execute' }];
  const lost = { type: 'parcel.lost', parcel: 'r1', units: B2, wish: 'RESHIP' };
  const played = play(order, [
    delivered,
    back(B, 'SELLER'),
    ...refunded,
    { type: 'reinstate', claim: 'k1', reason: 'x', approved: true },
    { type: 'parcel.shipped', parcel: 'r1' },
    lost,
    { type: 'parcel.delivered', parcel: 'r1' },
    { type: 'parcel.delivered', parcel: 'r2' },
  ]);
  expect(claims(played)).toEqual(['RETURN DONE', 'RESHIP DONE', 'RESHIP DONE', 'RESHIP DONE']);
  expect(places(played)).toEqual(['DELIVERED CUSTOMER', 'DELIVERED CUSTOMER']);
});
