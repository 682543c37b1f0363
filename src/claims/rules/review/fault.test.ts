import { expect, test } from 'vitest';
import { group, line, orderOf, play, u } from '../fixtures.ts';

const order = orderOf([line('A', 30_000), line('B', 20_000)], {
  groups: [group()],
  tenders: [{ id: 't1', kind: 'CARD', amount: 50_000 }],
});
const cancel = (of: string, fault: string) => ({ type: 'cancel.request', units: [u(of, 1)], fault });
const sellers = { type: 'fault.change', claim: 'k1', fault: 'SELLER', evidence: ['x'] };
const pay = (claim: string) => ({ type: 'refund.execute', claim });

test('T38, I14: a fault that turns out the seller’s takes no shipping, also when a later claim gave it back', () => {
  const asked = [cancel('A', 'BUYER'), cancel('B', 'SELLER'), sellers];
  const played = play(order, [...asked, { type: 'quote.accept', claim: 'k2' }, pay('k1'), pay('k2')]);
  expect(played.steps[0]).toMatchObject({ quote: { shipping: -3_000, refund: 27_000 } });
  expect(played.steps[1]).toMatchObject({ quote: { shipping: 3_000, refund: 23_000 } });
  expect(played.steps[2]).toMatchObject({ quote: { shipping: 0, refund: 30_000 } });
  expect(played.books).toMatchObject({ refunded: { t1: 50_000 }, due: 0 });
  expect(played.books.claims).toMatchObject([{ state: 'DONE' }, { state: 'DONE' }]);
});

test('T38, I6: what a later claim was paid already stays, and the sum is the same', () => {
  const played = play(order, [cancel('A', 'BUYER'), cancel('B', 'SELLER'), pay('k2'), sellers, pay('k1')]);
  expect(played.books).toMatchObject({ refunded: { t1: 50_000 }, due: 0 });
});
