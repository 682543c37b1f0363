import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBudget } from './budget.ts';

test('a burst is served, then as many a second as the rate says', () => {
  const budget = createBudget(10, 50);
  const served = (at: number, tries: number) =>
    Array.from({ length: tries }, () => budget.take('a', at)).filter(Boolean).length;
  expect(served(0, 80)).toBe(50);
  expect(served(1_000, 80)).toBe(10);
  expect(served(1_050, 80)).toBe(0);
});

test('one session does not spend the budget of another', () => {
  const budget = createBudget(1, 1);
  expect(budget.take('a', 0)).toBe(true);
  expect(budget.take('a', 0)).toBe(false);
  expect(budget.take('b', 0)).toBe(true);
});

test('never more than burst plus rate is served, at whatever times, and a clock that jumps back gives nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 300 }), (times) => {
      const budget = createBudget(5, 20);
      const sorted = [...times].sort((a, b) => a - b);
      const served = sorted.filter((at) => budget.take('a', at)).length;
      const span = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
      expect(served).toBeLessThanOrEqual(20 + (span / 1_000) * 5 + 1);
      expect(budget.take('b', 5_000)).toBe(true);
    }),
  );
});

test('full buckets are forgotten', () => {
  const budget = createBudget(10, 10);
  for (let i = 0; i < 100; i++) budget.take(`s${i}`, 0);
  budget.take('last', 120_000);
  expect(budget.size()).toBe(1);
});
