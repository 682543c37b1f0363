import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEWEST, kstWeekday, normsBy, normsOf, percentile, transitHours } from './transit.ts';

const lane = { carrier: 'kr.cjlogistics', region: '제주', weekday: 2 };
const counted = (hours: number, parcels: number, more: object = {}) => ({ ...lane, hours, parcels, ...more });

test('a percentile is the least number of hours within which that share arrived', () => {
  const times = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 9 })), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 99 }), (pairs, percent) => {
      const map = new Map<number, number>();
      for (const [hours, n] of pairs) map.set(hours, (map.get(hours) ?? 0) + n);
      const share = percent / 100;
      const found = percentile(map, share);
      const total = [...map.values()].reduce((sum, n) => sum + n, 0);
      const within = (limit: number) => [...map].filter(([h]) => h <= limit).reduce((sum, [, n]) => sum + n, 0);
      expect(within(found)).toBeGreaterThanOrEqual(Math.ceil(total * share));
      expect(within(found - 1)).toBeLessThan(Math.ceil(total * share));
    }),
  );
});

test('19 parcels are too few, 20 are enough, and the answer says how wide it had to look', () => {
  const norms = (parcels: number) =>
    normsBy(normsOf([counted(30, parcels), counted(50, 7, { weekday: 3 }), counted(10, 40, { region: '서울' })]));
  expect(norms(FEWEST)(lane)).toEqual({ level: 'weekday', n: 20, p50Hours: 30, p95Hours: 30, thin: null });
  expect(norms(FEWEST - 1)(lane)).toEqual({ level: 'region', n: 26, p50Hours: 30, p95Hours: 50, thin: 19 });
  expect(norms(5)(lane)).toEqual({ level: 'carrier', n: 52, p50Hours: 10, p95Hours: 50, thin: 12 });
  expect(norms(5)({ ...lane, region: '부산' })).toMatchObject({ level: 'carrier', thin: 0 });
  expect(norms(5)({ ...lane, carrier: 'kr.hanjin' })).toBeNull();
});

test('hours are rounded up, and times that contradict each other are none', () => {
  const at = new Date('2026-11-20T10:00:00Z');
  expect(transitHours(at, new Date('2026-11-21T10:00:01Z'))).toBe(25);
  expect(transitHours(at, at)).toBe(1);
  expect(transitHours(at, null)).toBeNull();
  expect(transitHours(at, new Date('2026-11-20T09:59:59Z'))).toBeNull();
});

test('the weekday is Korean: Sunday 23:59:59.999 KST is Sunday', () => {
  expect(kstWeekday(new Date('2026-11-22T14:59:59.999Z'))).toBe(0);
  expect(kstWeekday(new Date('2026-11-22T15:00:00Z'))).toBe(1);
});
