import { expect, test } from 'vitest';
import { back, delivered, group, line, orderOf, play, u } from '../fixtures.ts';

const sachets = orderOf([line('A', 45_000)], {
  groups: [group({ paid: 3_000 })],
  tenders: [{ id: 't1', kind: 'CARD', amount: 48_000 }],
});
const used = back([u('A', 1)], 'BUYER', { usage: { units: 6, supplyCost: 1_500 }, approved: true });
const sellers = { type: 'fault.change', fault: 'SELLER', evidence: ['x'] };

test('E29: six of thirty sachets that were used are deducted at their supply cost', () => {
  expect(play(sachets, [delivered, used]).steps[1]).toMatchObject({ quote: { usage: 9_000, refund: 33_000 } });
});

test('T38, I14: a fault of the seller voids the deduction for use', () => {
  const quote = { usage: 0, returnFee: 0, shipping: 3_000, refund: 48_000 };
  expect(play(sachets, [delivered, used, sellers]).steps[2]).toMatchObject({ ok: true, quote });
});

test('T14, I14: so does the finding of the inspection', () => {
  const found = { type: 'inspect.pass', finding: 'SELLER' };
  const played = play(sachets, [delivered, used, { type: 'pickup.scan' }, { type: 'arrive' }, found]);
  expect(played.steps[4]).toMatchObject({ ok: true, quote: { usage: 0, refund: 48_000 } });
});

test('I11: an exchange for a while leaves the deduction as it was', () => {
  const there = [
    { type: 'convert', to: 'EXCHANGE' },
    { type: 'convert', to: 'RETURN' },
  ];
  const played = play(sachets, [delivered, used, ...there]);
  expect(played.steps[2]).toMatchObject({ quote: { usage: 0, collect: 6_000 } });
  expect(played.steps[3]).toMatchObject({ quote: { usage: 9_000, refund: 33_000 } });
});
