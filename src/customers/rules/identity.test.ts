import { expect, test } from 'vitest';
import { heldUntil, isEnough } from './identity.ts';

test('an identity check takes two different facts', () => {
  expect(isEnough(['name', 'phone'])).toBe(true);
  expect(isEnough(['phone', 'phone'])).toBe(false);
  expect(isEnough(['orderNo'])).toBe(false);
});

test('a check holds for thirty minutes', () => {
  expect(heldUntil(new Date('2026-11-25T05:00:00Z'))).toEqual(new Date('2026-11-25T05:30:00Z'));
});
