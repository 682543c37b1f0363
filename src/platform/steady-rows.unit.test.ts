import { expect, test } from 'vitest';
import { keepPlaces } from './steady-rows.ts';

const row = (id: string, state = 'open') => ({ id, state });

test('a new row above does not push the shown ones down', () => {
  expect(keepPlaces([row('a'), row('b')], [row('new'), row('a'), row('b')]).map((r) => r.id)).toEqual(['a', 'b']);
});

test('a shown row is renewed in its place, and one that left the list stays until the list is asked for anew', () => {
  expect(keepPlaces([row('a'), row('b')], [row('b', 'closed')])).toEqual([row('a'), row('b', 'closed')]);
});

test('a further page follows the shown rows', () => {
  const rows = [row('new'), row('a'), row('b'), row('c'), row('d')];
  expect(keepPlaces([row('a'), row('b')], rows).map((r) => r.id)).toEqual(['a', 'b', 'c', 'd']);
});
