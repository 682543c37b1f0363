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
