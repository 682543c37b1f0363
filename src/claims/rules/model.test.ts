import { expect, test } from 'vitest';
import { deadEnds, explore, faults } from './model.ts';
import { ACROSS, ONE, TWO } from './model-openings.ts';

// `bench/claims-model.ts` goes further: how far, and what it found, it prints.
const RUNS = [
  { what: 'one piece', ...ONE, bounds: { turns: 2, open: 2, states: 20_000, compare: 20 } },
  { what: 'two pieces', ...TWO, bounds: { turns: 1, open: 3, states: 20_000, compare: 20 } },
  { what: 'both lines', ...ACROSS, bounds: { turns: 1, open: 3, states: 20_000, compare: 20 } },
];

for (const { what, order, openings, bounds } of RUNS)
  for (const [kind, opening] of Object.entries(openings))
    test(`I20, I21: all states of a ${kind} of ${what} lead to an end, and every wait has an owner and a deadline`, {
      timeout: 120_000,
    }, () => {
      const explored = explore(order, opening, bounds);
      expect(explored.whole).toBe(true);
      expect(explored.nodes.size).toBeGreaterThan(4);
      expect(deadEnds(explored)).toEqual([]);
      expect(faults(explored, bounds)).toEqual([]);
      expect(explored.unlike).toEqual([]);
      process.stdout.write(`${kind} of ${what}: all ${explored.nodes.size} states within ${bounds.turns} turns\n`);
    });
