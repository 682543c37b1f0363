import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextDays, timeWindow } from './search-sql.ts';

const DAY = 86_400_000;
const YEAR_2000 = Date.UTC(2000, 0, 1);

/** What the SQL function time_buckets gives a row. */
function bucketsOf(time: number): number[] {
  const day = Math.floor((time - YEAR_2000) / DAY);
  return [day, 1_000_000 + Math.floor(day / 8), 2_000_000 + Math.floor(day / 64), 3_000_000 + Math.floor(day / 512)];
}

const times = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2100, 0, 1) });
const lengths = fc.integer({ min: 1, max: 4096 });

test('a window holds every time from its beginning to its end, in few buckets, and is as long as asked', () => {
  fc.assert(
    fc.property(times, lengths, fc.double({ min: 0, max: 1, noNaN: true }), (until, days, part) => {
      const window = timeWindow(until, days);
      expect(window === null).toBe(days > 512);
      if (!window) return;
      expect(window.buckets.length).toBeLessThanOrEqual(9);
      expect(until - window.from).toBeGreaterThanOrEqual((days - 1) * DAY);
      const time = window.from + Math.floor(part * (until - window.from));
      expect(bucketsOf(time).some((bucket) => window.buckets.includes(bucket))).toBe(true);
    }),
  );
});

test('a window before the year 2000 is all time', () => {
  expect(timeWindow(Date.UTC(2001, 0, 1), 400)).toBeNull();
});

test('the next window is longer the fewer were found, and grows 128 times at most', () => {
  expect(nextDays(2, 2, 0, 51)).toBe(204);
  expect(nextDays(2, 2, 0, 500)).toBe(256);
  expect(nextDays(20, 2, 10, 41)).toBe(120);
  expect(nextDays(66, 2, 0, 51)).toBe(6732);
});

test('a search that has found all there is looks through the years before in a few steps', () => {
  let [days, last, steps] = [192, 48, 0];
  while (timeWindow(Date.UTC(2026, 0, 1) - days * 86_400_000, last)) {
    last = nextDays(days, last, 58, 2);
    days += last;
    steps += 1;
  }
  expect(steps).toBeLessThanOrEqual(3);
});
