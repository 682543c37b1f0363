import { expect, test } from 'vitest';
import { delivered, o2, play, u } from './fixtures.ts';

const reship = { type: 'reship', units: [u('A', 1)], reason: 'WRONG_ITEM', evidence: ['photo'] };
const toReturn = { type: 'convert', claim: 'k1', to: 'RETURN' };
const scan = { type: 'pickup.scan' };
const arrive = { type: 'arrive' };
const pass = { type: 'inspect.pass' };
const refund = { type: 'refund.execute', claim: 'k2' };

/** What a re-shipment of a wrong item that becomes a return leaves, wherever the wrong item was by then. */
const ORDERS = {
  'before the pick-up': [reship, toReturn, scan, arrive, pass, refund],
  'on its way': [reship, scan, toReturn, arrive, pass, refund],
  'at the dock': [reship, scan, arrive, toReturn, pass, refund],
  'looked at': [reship, scan, arrive, pass, toReturn, refund],
};

for (const [when, commands] of Object.entries(ORDERS))
  test(`T26b, I18: a wrong item whose re-shipment becomes a return ${when} enters stock`, () => {
    const played = play(o2(), [delivered, ...commands]);
    expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
    expect(played.books.units).toMatchObject([{ stage: 'RETURNED', place: 'STOCK' }]);
    expect(played.books.stock).toEqual({ 'SKU-A': 1 });
    expect(played.books.refunded).toEqual({ t1: 23_000 });
  });

test('T26b: a wrong item on its way, or at the dock, stands there once its re-shipment is a return', () => {
  const placeAfter = (commands: object[]) => play(o2(), [delivered, ...(commands as [])]).books.units[0].place;
  expect(placeAfter([reship, scan, toReturn])).toBe('INBOUND');
  expect(placeAfter([reship, scan, arrive, toReturn])).toBe('DOCK');
});

test('T26b: a wrong item that is scrapped is not free stock after the return', () => {
  const scrap = { ...pass, disposition: 'SCRAP' };
  const played = play(o2(), [delivered, reship, scan, arrive, scrap, toReturn, refund]);
  expect(played.books.units).toMatchObject([{ stage: 'RETURNED', place: 'BAD' }]);
  expect(played.books.stock['SKU-A'] ?? 0).toBe(0);
});
