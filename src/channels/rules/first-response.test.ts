import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstResponse, type Hours, isOpen, MOST_AUTOMATIC, reversed } from './first-response.ts';

const hours: Hours = { '1': ['09:00', '18:00'] };
const at = (kst: string) => new Date(`2026-11-30T${kst}+09:00`); // a Monday
const rule = { on: true, inHours: '접수했습니다', outOfHours: '내일 답드립니다' };
const person = { created: true, machine: null, ours: false, sentLately: 0 };

test('a channel is open from the first minute to before the last', () => {
  expect([isOpen(hours, at('08:59:59')), isOpen(hours, at('09:00:00'))]).toEqual([false, true]);
  expect([isOpen(hours, at('17:59:59')), isOpen(hours, at('18:00:00'))]).toEqual([true, false]);
  expect(isOpen(hours, new Date('2026-12-01T10:00:00+09:00'))).toBe(false);
  expect(isOpen({}, at('03:00:00'))).toBe(true);
  expect([reversed(hours), reversed({ '2': ['18:00', '09:00'] })]).toEqual([false, true]);
});

test('a new matter of a person gets one answer, by the hour', () => {
  expect(firstResponse(rule, hours, at('10:00:00'), person)).toBe('접수했습니다');
  expect(firstResponse(rule, hours, at('20:00:00'), person)).toBe('내일 답드립니다');
  expect(firstResponse({ ...rule, outOfHours: null }, hours, at('20:00:00'), person)).toBeNull();
});

test('programs, our own addresses, what is added, and who had three today get none', () => {
  const asking = fc.record({
    created: fc.boolean(),
    machine: fc.constantFrom(null, 'bulk', 'auto_submitted'),
    ours: fc.boolean(),
    sentLately: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(asking, (it) => {
      const plain = it.created && it.machine === null && !it.ours && it.sentLately < MOST_AUTOMATIC;
      expect(firstResponse(rule, {}, at('10:00:00'), it) !== null).toBe(plain);
    }),
  );
});
