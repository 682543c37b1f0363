import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CUSTOMER_FAVOURING, DEFAULT_POLICY, type Policy } from './parameters.ts';
import { addVersion, favour, type PolicyVersion, policyFor } from './versions.ts';

const DAY = 86_400_000;
const version = (day: number, more: Partial<Policy> = {}): PolicyVersion => ({
  beginsAt: day * DAY,
  policy: { ...DEFAULT_POLICY, version: `v${day}`, ...more },
});
const codeOf = (answer: object) => ('code' in answer ? answer.code : null);

test('a version begins from now on and after the newest one, under a name of its own', () => {
  const [first, later] = [version(10), version(20)];
  expect(addVersion([], first, 5 * DAY)).toEqual([first]);
  expect(addVersion([first], later, 5 * DAY)).toEqual([first, later]);
  expect(codeOf(addVersion([], first, 11 * DAY))).toBe('date_out_of_range');
  expect(codeOf(addVersion([later], first, 5 * DAY))).toBe('date_out_of_range');
  expect(codeOf(addVersion([first], { ...later, policy: first.policy }, 5 * DAY))).toBe('bad_input');
});

test('an order is judged by the policy of its own day, and by none before the first', () => {
  const versions = [version(10), version(20), version(30)];
  const named = (at: number) => (policyFor(versions, at, at) as Policy).version;
  expect([named(10 * DAY), named(20 * DAY - 1), named(20 * DAY), named(99 * DAY)]).toEqual([
    'v10',
    'v10',
    'v20',
    'v30',
  ]);
  expect(codeOf(policyFor(versions, 10 * DAY - 1, 99 * DAY))).toBe('date_out_of_range');
});

test('what favours the customer comes from the better of the two days, all else from the day of the order', () => {
  const before = version(10, { goodwillDays: 0, couponBreak: 'RECLAIM', returnFee: 3_000 });
  const better = version(20, { goodwillDays: 7, couponBreak: 'KEEP', returnFee: 9_000 });
  expect(policyFor([before, better], 12 * DAY, 25 * DAY)).toMatchObject({
    version: 'v10',
    goodwillDays: 7,
    couponBreak: 'KEEP',
    returnFee: 3_000,
  });
  const worse = version(20, { goodwillDays: 0, couponBreak: 'RECLAIM' });
  const good = version(10, { goodwillDays: 7, couponBreak: 'KEEP' });
  expect(policyFor([good, worse], 12 * DAY, 25 * DAY)).toMatchObject({ goodwillDays: 7, couponBreak: 'KEEP' });
});

test('a later policy never takes a day away from the customer', () => {
  const days = fc.record({
    goodwillDays: fc.integer({ min: 0, max: 3 }),
    couponRestoreDays: fc.integer({ min: 0, max: 3 }),
    expiredPointDays: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(days, days, (then, today) => {
      const merged = favour({ ...DEFAULT_POLICY, ...then }, { ...DEFAULT_POLICY, ...today });
      for (const name of ['goodwillDays', 'couponRestoreDays', 'expiredPointDays'] as const) {
        expect(merged[name]).toBe(Math.max(then[name], today[name]));
        expect(CUSTOMER_FAVOURING).toContain(name);
      }
    }),
  );
});
