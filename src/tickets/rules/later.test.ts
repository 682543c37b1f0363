import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';
import { laterTimes } from './later.ts';

const iso = (at: number | undefined) => new Date(at ?? 0).toISOString();

test('Friday afternoon: at five, Monday at nine, and a week from now at nine', () => {
  const times = Object.fromEntries(laterTimes(Date.parse('2026-11-27T13:00:00+09:00')));
  expect(iso(times.evening)).toBe('2026-11-27T08:00:00.000Z');
  expect(iso(times.morning)).toBe('2026-11-30T00:00:00.000Z');
  expect(iso(times.week)).toBe('2026-12-04T00:00:00.000Z');
});

test('a quarter before five nobody is offered five', () => {
  const names = laterTimes(Date.parse('2026-11-27T16:45:00+09:00')).map(([name]) => name);
  expect(names).not.toContain('evening');
});

test('each time lies ahead, and mornings are on business days', () => {
  const now = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
  fc.assert(
    fc.property(now, (at) => {
      for (const [name, time] of laterTimes(at)) {
        expect(time).toBeGreaterThan(at);
        if (name === 'morning' || name === 'week') expect(isBusinessDay(kstDay(time))).toBe(true);
      }
    }),
  );
});
