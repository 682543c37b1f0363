import { expect, test } from 'vitest';
import { delivered, type Loose, o1, play, refused, u } from '../fixtures.ts';

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

const delivery = (parcel: string) => ({ type: 'parcel.delivered', parcel });
const two = [u('B', [1, 2])];
const wanted = { sku: 'X', listPrice: 15_000 };
const swapTwo = { type: 'exchange.request', units: two, fault: 'SELLER', reason: 'DEFECT', wanted };
const split = { type: 'claim.split', claim: 'k1', units: [u('B', 2)] };
const states = ({ books }: { books: Loose }): string[] => books.claims.map(({ state }: { state: string }) => state);
const places = ({ books }: { books: Loose }): string[] =>
  (books.units as { line: string; place: string }[]).filter(({ line }) => line === 'B').map(({ place }) => place);

test('I21, T39: a part split off an exchange that has arrived is done when nothing of it is open', () => {
  const cheaper = { ...swapTwo, wanted: { sku: 'X', listPrice: 14_000 } };
  const played = play(o1(), [delivered, cheaper, ...goods, { type: 'exchange.ship' }, delivery('r1'), split]);
  expect(refused(played)).toEqual([]);
  expect(states(played)).toEqual(['SET', 'DONE']);
});

test('I21, T39: both parts of a packed exchange are shipped and delivered, each in its parcel', () => {
  const ship = (claim: string) => ({ type: 'exchange.ship', claim });
  const pack = { type: 'parcel.prepared', parcel: 'r1' };
  const played = play(o1(), [
    delivered,
    swapTwo,
    ...goods,
    pack,
    split,
    ship('k1'),
    ship('k2'),
    delivery('r1'),
    delivery('r2'),
  ]);
  expect(refused(played)).toEqual([]);
  expect(states(played)).toEqual(['DONE', 'DONE']);
  expect(places(played)).toEqual(['STOCK', 'STOCK', 'CUSTOMER', 'CUSTOMER']);
});

test('I21, T34: a replacement parcel that is lost ends all exchanges whose pieces were in it', () => {
  const lost = { type: 'parcel.lost', parcel: 'r1' };
  const pay = { type: 'refund.execute' };
  const played = play(o1(), [delivered, swapTwo, ...goods, { type: 'exchange.ship' }, split, lost, pay]);
  expect(refused(played)).toEqual([]);
  expect(states(played)).toEqual(['DONE', 'DONE', 'DONE']);
});

test('T26c: a replacement that comes back does not take the other one of its parcel with it', () => {
  const back = { type: 'return.request', units: [u('B', 1, 1)], fault: 'SELLER', reason: 'DEFECT' };
  const ship = { type: 'exchange.ship' };
  const played = play(o1(), [
    delivered,
    swapTwo,
    ...goods,
    ship,
    back,
    { type: 'pickup.scan' },
    { type: 'arrive' },
    delivery('r1'),
  ]);
  expect(refused(played)).toEqual([]);
  expect(places(played)).toEqual(['STOCK', 'STOCK', 'DOCK', 'CUSTOMER']);
});

test('I21, T26b: one half of a re-shipment that becomes a return leaves the other its parcel', () => {
  const again = { type: 'reship', units: two, reason: 'MISSING_PART', evidence: ['p'] };
  const convert = { type: 'convert', claim: 'k1', to: 'RETURN', approved: true };
  const before = play(o1(), [delivered, again, split, convert, delivery('r1')]);
  expect(refused(before)).toEqual([]);
  expect(states(before)).toEqual(['CNV', 'DONE', 'SET']);
  // Once it has left, neither part can be turned into a return any more.
  const shipped = { type: 'parcel.shipped', parcel: 'r1' };
  expect(refused(play(o1(), [delivered, again, split, shipped, convert]))).toEqual(['already_shipped']);
  expect(refused(play(o1(), [delivered, again, split, shipped, { ...convert, claim: 'k2' }]))).toEqual([
    'already_shipped',
  ]);
});

test('T39, T25: goods on their way back to the customer are one parcel, which is not split', () => {
  const ask = { type: 'return.request', units: two, fault: 'BUYER', reason: 'SIZE' };
  const leave = [{ type: 'pickup.scan' }, { type: 'withdraw' }];
  expect(refused(play(o1(), [delivered, ask, ...leave, split]))).toEqual(['wrong_state']);
});

test('I18, T25: an exchange on its way out reserves no other replacement', () => {
  const leave = [{ type: 'pickup.scan' }, { type: 'withdraw' }];
  const change = { type: 'exchange.change', wanted: { sku: 'Y', listPrice: 15_000 } };
  const played = play(o1(), [delivered, swapTwo, ...leave, change]);
  expect(refused(played)).toEqual(['wrong_state']);
  expect(played.books.stock).toEqual({});
});

test('T3: pieces told too late of a parcel that has arrived are with the customer', () => {
  const cancel = { type: 'cancel.request', units: two, fault: 'BUYER' };
  const unsure = [{ type: 'refund.unknown' }, { type: 'parcel.delivered', parcel: 'p1' }, { type: 'refund.fail' }];
  const played = play(o1(), [cancel, ...unsure, { type: 'cancel.tooLate' }]);
  expect(refused(played)).toEqual([]);
  expect(places(played)).toEqual(['CUSTOMER', 'CUSTOMER']);
});
