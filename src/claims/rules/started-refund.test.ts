import { expect, test } from 'vitest';
import { group, last, line, orderOf, play, u } from './fixtures.ts';

/** Three lines of 20,000, each in a box of its own; always free but 4,000 for a remote address; paid by card. */
function remote() {
  return orderOf([line('A', 20_000), line('B', 20_000), line('C', 20_000)], {
    groups: [group({ freeThreshold: 0, remotePaid: 4_000, remoteReturn: 4_000 })],
    tenders: [{ id: 'card', kind: 'CARD', amount: 64_000 }],
  });
}

const cancel = (of: string, reason: string) => ({ type: 'cancel.request', units: [u(of, 1)], reason });
/** Cancels of everything; the last sets the 4,000 free and its refund started, without an answer. */
const unanswered = [
  cancel('A', 'STOCK_OUT'),
  cancel('B', 'SIZE'),
  cancel('C', 'LATE'),
  { type: 'refund.unknown', claim: 'k3' },
];

test('T38, I14: another fault of a cancel takes nothing from it, though a refund of which nobody knows gave shipping back', () => {
  const played = play(remote(), [
    ...unanswered,
    { type: 'fault.change', claim: 'k1', fault: 'PLATFORM', evidence: ['x'] },
  ]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  expect(last(played)).toMatchObject({ items: 20_000, shipping: 0, refund: 20_000 });
  expect(played.steps.at(-1)).toMatchObject({ events: ['fault.change'] });
});

test('T39, I14: parts of a cancel carry nothing that a refund of which nobody knows gave back', () => {
  const both = { type: 'cancel.request', units: [u('A', 1), u('B', 1)], reason: 'STOCK_OUT' };
  const unknown = { type: 'refund.unknown', claim: 'k2' };
  const split = { type: 'claim.split', claim: 'k1', units: [u('B', 1)] };
  const played = play(remote(), [both, cancel('C', 'LATE'), unknown, split, { type: 'refund.execute', claim: 'k1' }]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  expect(last(played)).toMatchObject({ items: 20_000, shipping: 0, refund: 20_000 });
  expect(played.books.refunded).toEqual({ card: 20_000 });
});

test('T38, I17: a fault changed there and back beside a refund of which nobody knows leaves every refund as it was', () => {
  const change = (fault: string) => ({ type: 'fault.change', claim: 'k1', fault, evidence: ['x'] });
  const all = ['k1', 'k2', 'k3'].map((claim) => ({ type: 'refund.execute', claim }));
  const played = play(remote(), [...unanswered, change('PLATFORM'), change('SELLER'), ...all]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  expect(played.books).toMatchObject({ refunded: { card: 64_000 }, due: 0, receivables: [] });
});
