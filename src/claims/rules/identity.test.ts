import { expect, test } from 'vitest';
import { back, backAndPaid, delivered, o1, o3, play, u } from './fixtures.ts';
import type { Played } from './play.ts';

/** The figures of the books and quotes that these tests compare. */
type Books = {
  captured: number;
  collected: number;
  refunded: Record<string, number>;
  fees: number;
  due: number;
  stock: unknown;
  units: unknown;
  shipping: unknown;
  windows: unknown;
  claims: { state: string }[];
};
type Quote = { hash: string; refund: number };

const booksOf = (played: Played) => played.books as Books;

const ask = back([u('A', 1)], 'BUYER');
const wanted = { sku: 'SKU-9', listPrice: 29_900 };

function money(played: Played) {
  const { captured, collected, refunded, fees, due, stock, units, shipping } = played.books!;
  return { captured, collected, refunded, fees, due, stock, units, shipping };
}

function quotesOf(played: Played) {
  return played.steps.map((step) => (step.ok ? (step.quote as Quote | undefined) : undefined));
}

test('I8: a request that is withdrawn before the pick-up leaves everything as it was', () => {
  const before = play(o1(), [delivered]);
  expect(money(play(o1(), [delivered, ask, { type: 'withdraw' }]))).toEqual(money(before));
  const swap = { ...ask, type: 'exchange.request', wanted };
  expect(money(play(o1(), [delivered, swap, { type: 'withdraw' }]))).toEqual(money(before));
  const paid = { type: 'fee.paid', tender: { id: 't3', kind: 'CARD', amount: 6_000 } };
  const books = play(o1(), [delivered, swap, paid, { type: 'withdraw' }]).books;
  expect(books).toMatchObject({ collected: 6_000, refunded: { t3: 6_000 }, fees: 0, due: 0, stock: {} });
});

test('I9: asked again with the same inputs, the quote is the same', () => {
  const quotes = quotesOf(play(o1(), [delivered, ask, { type: 'withdraw' }, ask]));
  expect(quotes[3]?.hash).toBe(quotes[1]?.hash);
});

test('I10: withdrawn at the dock, only the fee for sending back is left, and the window stays', () => {
  const before = play(o1(), [delivered]);
  const after = play(o1(), [
    delivered,
    ask,
    { type: 'pickup.scan' },
    { type: 'arrive' },
    { type: 'withdraw' },
    { type: 'parcel.delivered', parcel: 'b1' },
    { type: 'fee.paid', claim: 'k1', tender: { id: 't3', kind: 'CARD', amount: 3_000 } },
  ]);
  expect(money(after)).toEqual({ ...money(before), collected: 3_000, fees: 3_000 });
  expect(booksOf(after).windows).toEqual(booksOf(before).windows);
  expect(booksOf(after).claims[0]?.state).toBe('WDN');
});

test('I11: return to exchange and back is the same return, on one collection', () => {
  const there = [
    { type: 'convert', to: 'EXCHANGE', wanted },
    { type: 'convert', to: 'RETURN' },
  ];
  const straight = play(o3(), [delivered, ask, ...backAndPaid()]);
  const around = play(o3(), [delivered, ask, ...there, ...backAndPaid()]);
  expect(money(around)).toEqual(money(straight));
  const quotes = quotesOf(play(o1(), [delivered, ask, ...there]));
  expect(quotes[3]?.hash).toBe(quotes[1]?.hash);
});

test('I12 and I13: the order of claims changes nothing, one parcel more costs one fee more', () => {
  const one = (name: string) => [back([u(name, 1)], 'BUYER'), ...backAndPaid()];
  const ab = booksOf(play(o1(), [delivered, ...one('A'), ...one('B')]));
  const ba = booksOf(play(o1(), [delivered, ...one('B'), ...one('A')]));
  const together = booksOf(play(o1(), [delivered, back([u('A', 1), u('B', 1)], 'BUYER'), ...backAndPaid()]));
  const sum = (books: Books) => Object.values(books.refunded).reduce((a, b) => a + b, 0);
  expect(sum(ab)).toBe(sum(ba));
  expect(sum(together) - sum(ab)).toBe(3_000);
  expect(ab.shipping).toEqual(together.shipping);
});

test('I15: a fault that moves from the buyer to the seller never lowers the refund', () => {
  for (const units of [[u('A', 1)], [u('A', 1), u('B', 1)], [u('A', 1), u('B', [1, 2]), u('C', [1, 2, 3])]]) {
    const refund = (fault: string) => quotesOf(play(o1(), [delivered, back(units, fault)]))[1]?.refund;
    expect(refund('SELLER')).toBeGreaterThanOrEqual(refund('BUYER') ?? Number.NaN!);
  }
});

test('I16: the same key twice is one event; another body under it is refused', () => {
  const keyed = { ...ask, idempotencyKey: 'once' };
  const played = play(o1(), [delivered, keyed, keyed, { ...keyed, units: [u('B', 1)] }]);
  expect(played.steps.map((step) => (step.ok ? step.events.length : step.refusal.code))).toEqual([
    2,
    2,
    0,
    'key_reused',
  ]);
});

test('I17: an unknown refund blocks every new attempt until it is answered', () => {
  const ready = [delivered, ask, ...backAndPaid().slice(0, 3)];
  const played = play(o1(), [
    ...ready,
    { type: 'refund.unknown', tender: 't2' },
    { type: 'withdraw' },
    { type: 'refund.payout', tender: 't2', to: 'DEPOSIT' },
    { type: 'refund.execute' },
  ]);
  expect(played.steps.slice(5).map((step) => (step.ok ? step.events : step.refusal.code))).toEqual([
    ['refund.unknown'],
    'refund_unknown',
    'refund_unknown',
    ['refund.execute', 'return.settle'],
  ]);
});

test('I31: of two commands at one version one is accepted', () => {
  const at = { ...ask, basedOn: 2 };
  const played = play(o1(), [delivered, at, { ...at, units: [u('B', 1)] }]);
  expect(played.steps.map((step) => (step.ok ? 'ok' : step.refusal.code))).toEqual(['ok', 'ok', 'stale_version']);
});
