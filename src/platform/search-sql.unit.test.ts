import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeWindows } from './search-sql.ts';

const DAY = 86_400_000;
const YEAR_2000 = Date.UTC(2000, 0, 1);

/** What the SQL function time_buckets gives a row. */
function bucketsOf(time: number): number[] {
  const day = Math.floor((time - YEAR_2000) / DAY);
  return [day, 1_000_000 + Math.floor(day / 8), 2_000_000 + Math.floor(day / 64), 3_000_000 + Math.floor(day / 512)];
}

test('every time since 2000 lies in a window, and the first one that has it begins no later', () => {
  const times = fc.integer({ min: YEAR_2000, max: Date.UTC(2100, 0, 1) });
  fc.assert(
    fc.property(times, times, (one, other) => {
      const [time, until] = [Math.min(one, other), Math.max(one, other)];
      const buckets = bucketsOf(time);
      const windows = timeWindows(until);
      const first = windows.findIndex((window) => window.buckets.some((bucket) => buckets.includes(bucket)));
      expect(first).toBeGreaterThanOrEqual(0);
      expect(windows[first]?.from).toBeLessThanOrEqual(time);
      // What comes after the windows before it is older than all that they hold.
      for (const newer of windows.slice(0, first)) expect(newer.from).toBeGreaterThan(time);
    }),
  );
});

test('windows follow each other without a gap and end at the year 2000', () => {
  fc.assert(
    fc.property(fc.integer({ min: YEAR_2000, max: Date.UTC(2100, 0, 1) }), (until) => {
      const windows = timeWindows(until);
      expect(windows.at(-1)?.from).toBe(YEAR_2000);
      for (const [i, { from }] of windows.entries()) {
        const next = windows[i + 1];
        if (next) expect(next.buckets).toContain(bucketAsIn(next, from - DAY));
      }
    }),
  );
});

function bucketAsIn({ buckets }: { buckets: readonly number[] }, time: number): number {
  const scale = Math.floor((buckets[0] as number) / 1_000_000);
  return bucketsOf(time)[scale] as number;
}
