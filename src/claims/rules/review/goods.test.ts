import { expect, test } from 'vitest';
import { back, delivered, line, o1, orderOf, parcel, play, u } from '../fixtures.ts';
import type { Played } from '../play.ts';

const LINES = [line('A', 30_000), line('B', 20_000)];

function inTwoParcels() {
  return orderOf(LINES, {
    tenders: [{ id: 't1', kind: 'CARD', amount: 50_000 }],
    parcels: [parcel('p1', [LINES[0]!]), parcel('p2', [LINES[1]!])],
  });
}

function refusal(played: Played, step: number): string | null {
  const found = played.steps[step]!;
  return found.ok ? null : found.refusal.code;
}

test('T3: a cancel of two parcels becomes a return only for the one that left', () => {
  const prepared = ['p1', 'p2'].map((id) => ({ type: 'parcel.prepared', parcel: id }));
  const cancel = { type: 'cancel.request', units: [u('A', 1), u('B', 1)], fault: 'BUYER' };
  const scan = { type: 'parcel.shipped', parcel: 'p1' };
  const stop = { type: 'cancel.accept', claim: 'k1' };
  const played = play(inTwoParcels(), [...prepared, cancel, scan, stop, { type: 'refund.execute', claim: 'k1' }]);
  expect(played.books.claims).toMatchObject([
    { id: 'k1', kind: 'CANCEL', state: 'DONE', fault: 'BUYER' },
    { id: 'k2', kind: 'CANCEL', state: 'CNV' },
    { id: 'k3', kind: 'RETURN', state: 'ACC', fault: 'SELLER', convertedFrom: 'k2' },
  ]);
  expect(played.books.units).toMatchObject([{ stage: 'SHIPPED', claim: 'k3' }, { stage: 'CANCELLED' }]);
  // A is kept until it is back: 30,000 is below the free threshold, which its return at the seller's fault gives back.
  expect(played.books.refunded).toEqual({ t1: 17_000 });
  expect(played.steps[3]).toMatchObject({ claim: 'k3', quote: { refund: 30_000 } });
});

test('T34: what is left of a parcel with a lost piece is still delivered', () => {
  const scan = { type: 'parcel.shipped', parcel: 'p1' };
  const lost = { type: 'parcel.lost', parcel: 'p1', units: [u('A', 1)] };
  const played = play(o1(), [scan, lost, lost, { type: 'refund.execute' }, delivered]);
  expect(played.steps[2]).toMatchObject({ ok: true, events: [], claim: 'k1' });
  expect(refusal(played, 4)).toBeNull();
  expect(played.books.units[0]).toMatchObject({ stage: 'LOST_CLOSED', place: 'LOST' });
  expect(played.books.units[1]).toMatchObject({ stage: 'DELIVERED', place: 'CUSTOMER' });
});

test('T34: a lost piece that was sent again does not arrive with the parcel it was lost from', () => {
  const scan = { type: 'parcel.shipped', parcel: 'p1' };
  const lost = { type: 'parcel.lost', parcel: 'p1', units: [u('A', 1)], wish: 'RESHIP' };
  const played = play(o1(), [scan, lost, { type: 'parcel.shipped', parcel: 'r1' }, delivered]);
  expect(played.books.units[0]).toMatchObject({ stage: 'SHIPPED', place: 'OUTBOUND', claim: 'k1' });
  expect(played.books.units[1]).toMatchObject({ stage: 'DELIVERED' });
});

test('T35, T25: a refused parcel that is sent again after a withdrawal is delivered then', () => {
  const scan = { type: 'parcel.shipped', parcel: 'p1' };
  const refused = { type: 'parcel.refused', parcel: 'p1', reason: 'ADDRESS' };
  const again = { type: 'parcel.delivered', parcel: 'b1', at: '2026-09-07T10:00:00+09:00' };
  const played = play(o1(), [scan, refused, { type: 'withdraw' }, again]);
  expect(played.books.units[0]).toMatchObject({ stage: 'DELIVERED', place: 'CUSTOMER', claim: null });
  expect(played.books.windows[0]).toMatchObject({ changeOfMindUntil: '2026-09-14', defectUntil: '2026-12-07' });
});

test('T15: each piece keeps the finding of its own row', () => {
  const ask = { type: 'return.request', units: [u('A', 1), u('B', 1)], reason: 'OTHER' };
  const results = [
    { units: [u('A', 1)], result: 'PASS', finding: 'SELLER' },
    { units: [u('B', 1)], result: 'FAIL', finding: 'BUYER' },
  ];
  const played = play(o1(), [
    delivered,
    ask,
    { type: 'pickup.scan' },
    { type: 'arrive' },
    { type: 'inspect', results },
  ]);
  expect(played.steps[4]).toMatchObject({ claim: 'k1', quote: { items: 26_563, returnFee: 0, refund: 26_563 } });
  expect(played.books.claims).toMatchObject([
    { id: 'k1', fault: 'SELLER', state: 'SET' },
    { id: 'k2', fault: 'BUYER', state: 'INS' },
  ]);
});

test('T15: pieces that pass with different findings go on in claims of their own', () => {
  const ask = { type: 'return.request', units: [u('A', 1), u('B', 1)], reason: 'OTHER' };
  const results = [
    { units: [u('A', 1)], result: 'PASS', finding: 'BUYER' },
    { units: [u('B', 1)], result: 'PASS', finding: 'SELLER' },
  ];
  const pay = ['k1', 'k2'].map((claim) => ({ type: 'refund.execute', claim }));
  const found = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect', results }];
  const played = play(o1(), [delivered, ask, ...found, ...pay]);
  expect(played.books.claims).toMatchObject([
    { id: 'k1', fault: 'BUYER', state: 'DONE' },
    { id: 'k2', fault: 'SELLER', state: 'DONE' },
  ]);
  // One parcel with a piece at the seller's fault is free (M5), and the seller's piece counts as kept (M4).
  expect(played.books).toMatchObject({ fees: 0, refunded: { t1: 2_506, t2: 37_383 } });
});

test('T15: a part that nobody looked at waits on', () => {
  const ask = back([u('A', 1), u('B', 1)], 'BUYER');
  const some = { type: 'inspect.pass', units: [u('A', 1)] };
  const played = play(o1(), [delivered, ask, { type: 'pickup.scan' }, { type: 'arrive' }, some]);
  expect(played.books.claims).toMatchObject([{ state: 'SET' }, { id: 'k2', state: 'INS' }]);
});
