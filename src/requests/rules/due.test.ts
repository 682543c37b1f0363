import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';
import { afterBusinessHours, isOpenAt, termsOf } from './due.ts';

const NINE_TO_SIX = { open: '09:00', close: '18:00' };
const at = (kst: string) => Date.parse(`${kst}:00+09:00`);
const due = (kst: string, hours: number, opened = NINE_TO_SIX) =>
  new Date(afterBusinessHours(at(kst), hours, opened) + 9 * 3_600_000).toISOString().slice(0, 16);

test('within one day the hours are those of the clock', () => {
  expect(due('2026-11-25T10:30', 4)).toBe('2026-11-25T14:30');
});

test('what is asked in the evening counts from the next opening', () => {
  expect(due('2026-11-25T20:00', 2)).toBe('2026-11-26T11:00');
  expect(due('2026-11-25T07:00', 2)).toBe('2026-11-25T11:00');
});

test('a rest goes over to the next business day; a weekend and a holiday do not count', () => {
  expect(due('2026-11-27T17:00', 2)).toBe('2026-11-30T10:00');
  expect(due('2026-12-24T17:30', 4)).toBe('2026-12-28T12:30');
  expect(due('2026-11-28T12:00', 1)).toBe('2026-11-30T10:00');
});

test('the hours are those of the partner', () => {
  expect(due('2026-11-25T15:00', 4, { open: '10:00', close: '17:00' })).toBe('2026-11-26T12:00');
  expect(due('2026-11-25T23:30', 1, { open: '20:00', close: '02:00' })).toBe('2026-11-26T20:30');
});

test('an end at closing time is due at closing time, not at the next opening', () => {
  expect(due('2026-11-25T14:00', 4)).toBe('2026-11-25T18:00');
});

const hours = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 8 }))
  .map(([open, length]) => [open, Math.min(24, open + length)] as const)
  .map(([open, close]) => ({
    open: `${String(open).padStart(2, '0')}:00`,
    close: `${String(close).padStart(2, '0')}:00`,
  }))
  .filter(({ close }) => close !== '24:00');
const moment = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 11, 31) });

test('whenever it is asked: due lies within opening hours of a business day, the reminder before it, both after asking', () => {
  fc.assert(
    fc.property(moment, hours, fc.integer({ min: 1, max: 16 }), (asked, opened, n) => {
      const { remindAt, dueAt } = termsOf(asked, n, opened);
      expect(remindAt).toBeGreaterThan(asked);
      expect(dueAt).toBeGreaterThan(remindAt);
      expect(dueAt - asked).toBeGreaterThanOrEqual(n * 3_600_000);
      expect(isBusinessDay(kstDay(dueAt - 1))).toBe(true);
      expect(isOpenAt(dueAt - 1, opened)).toBe(true);
    }),
  );
});

test('hours add up: n, then m from there, is n + m', () => {
  fc.assert(
    fc.property(
      moment,
      hours,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (asked, opened, n, m) => {
        const once = afterBusinessHours(asked, n + m, opened);
        expect(afterBusinessHours(afterBusinessHours(asked, n, opened), m, opened)).toBe(once);
      },
    ),
  );
});
