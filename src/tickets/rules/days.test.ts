import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessDayAfter, kstDay } from '#policies/rules/calendar.ts';
import { koreanDay, quietSince } from './days.ts';

test('a day begins in Korea nine hours before it does in Greenwich', () => {
  expect(koreanDay(Date.parse('2026-11-30T15:00:00Z'))).toBe('2026-12-01');
  expect(koreanDay(Date.parse('2026-11-30T14:59:59Z'))).toBe('2026-11-30');
});

test('what waits since Monday has waited five business days on the Tuesday after, weekends apart', () => {
  const monday = Date.parse('2026-11-23T10:00:00+09:00');
  expect(monday < quietSince(Date.parse('2026-11-30T23:59:00+09:00'), 5)).toBe(false);
  expect(monday < quietSince(Date.parse('2026-12-01T00:00:00+09:00'), 5)).toBe(true);
});

test('the limit is exact for any day: before it the days have passed, after it they have not', () => {
  const now = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
  fc.assert(
    fc.property(now, fc.integer({ min: 1, max: 30 }), (at, days) => {
      const limit = quietSince(at, days);
      expect(businessDayAfter(kstDay(limit - 1), days)).toBeLessThan(kstDay(at));
      expect(businessDayAfter(kstDay(limit), days)).toBeGreaterThanOrEqual(kstDay(at));
    }),
  );
});
