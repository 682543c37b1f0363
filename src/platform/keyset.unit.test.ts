import { expect, test } from 'vitest';
import { z } from 'zod';
import { cursorOf, cursorValues, pageOf, pagingBy } from './keyset.ts';
import { intervalOf } from './period.ts';

const schema = z.strictObject(pagingBy('time', 'id'));
const ID = '0193a5a0-7c00-7000-8000-000000000001';

test('a cursor that we made is taken, and gives its values back', () => {
  const cursor = cursorOf([new Date('2026-11-25T08:00:00Z'), ID]);
  expect(schema.parse({ cursor }).cursor).toBe(cursor);
  expect(cursorValues(cursor, 2)).toEqual(['2026-11-25T08:00:00.000Z', ID]);
});

test.each([
  ['nonsense', 'x'],
  ['too short', cursorOf([ID])],
  ['no time', cursorOf(['soon', ID])],
  ['no id', cursorOf([new Date(), 'drop table'])],
  ['a number for a time', cursorOf([1, ID])],
])('a cursor that is %s is bad input, not an error of the database', (_why, cursor) => {
  expect(schema.safeParse({ cursor }).success).toBe(false);
});

test('a page says that there is a next one only when a row more was found', () => {
  const key = (n: number) => [n];
  expect(pageOf([1, 2, 3], 3, String, key)).toEqual({ items: ['1', '2', '3'], next: null });
  expect(pageOf([1, 2, 3, 4], 3, String, key)).toEqual({ items: ['1', '2', '3'], next: cursorOf([3]) });
});

test('days of a period are Korean and both inclusive, instants are half-open', () => {
  expect(intervalOf({ from: '2026-11-01', to: '2026-11-01' })).toEqual({
    from: new Date('2026-10-31T15:00:00Z'),
    until: new Date('2026-11-01T15:00:00Z'),
  });
  expect(intervalOf({ to: '2026-11-01T00:00:00Z' })).toEqual({ from: null, until: new Date('2026-11-01T00:00:00Z') });
});
