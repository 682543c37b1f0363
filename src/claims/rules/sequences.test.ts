import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { cover, coverageTable, emptyCoverage } from './coverage.ts';
import { evolve } from './evolve.ts';
import { playSeed } from './fuzz.ts';
import { brokenInvariants } from './invariants.ts';
import { transitionOf } from './transitions.ts';

const SEQUENCES = Number(process.env.CLAIM_SEQUENCES ?? 10_000);
const SEED = Number(process.env.CLAIM_SEED ?? 20_261_125);
const LENGTH = 24;
const LEAST = SEQUENCES >= 10_000 ? 100 : 0;

test('every invariant holds after every step of random sequences, and every row of the tables occurs', {
  timeout: 900_000,
}, () => {
  const coverage = emptyCoverage();
  let steps = 0;
  let accepted = 0;
  const property = fc.property(fc.integer(), fc.integer({ min: LENGTH - 4, max: LENGTH }), (seed, length) => {
    const run = playSeed(seed, length, (taken, at) => {
      steps++;
      if (isRefusal(taken.answer)) return;
      accepted++;
      cover(coverage, taken);
      expect(brokenInvariants(at.first, at.state, at.policy)).toEqual([]);
    });
    expect(run.steps.length).toBe(length);
  });
  fc.assert(property, { numRuns: SEQUENCES, seed: SEED });
  const table = coverageTable(coverage);
  process.stdout.write(`seed ${SEED}: ${SEQUENCES} sequences, ${steps} steps, ${accepted} accepted\n${table}\n`);
  expect(accepted * 2).toBeGreaterThan(steps);
  expect([...coverage].filter(([, count]) => count < LEAST)).toEqual([]);
});

test('replaying the events rebuilds every state to the byte, and every event stays within its row', {
  timeout: 300_000,
}, () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      playSeed(seed, LENGTH, ({ before, answer }) => {
        if (isRefusal(answer)) return;
        let state = before;
        for (const event of answer.events) {
          const old = state.claims.find((claim) => claim.id === event.claim);
          const row = transitionOf(event.type);
          if (row && old && row.kinds.length > 0 && row.id !== 'T33' && !old.special.includes('REOPENED'))
            expect([event.type, [...row.from, ...row.to].includes(old.state), old.state]).toEqual([
              event.type,
              true,
              old.state,
            ]);
          state = evolve(state, event);
        }
        expect(JSON.stringify(state)).toBe(JSON.stringify(answer.state));
      });
    }),
    { numRuns: Math.ceil(SEQUENCES / 20), seed: SEED },
  );
});

test('a refusal has a rule and text in both languages, and changes nothing', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      playSeed(seed, LENGTH, ({ before, answer }, run) => {
        if (!isRefusal(answer)) return;
        expect(answer.rule).toMatch(/^[TMI]\d+[ab c]?/);
        expect(answer.text.ko.length * answer.text.en.length).toBeGreaterThan(0);
        expect(answer.policy === null).toBe(answer.version === null);
        expect(run.state).toBe(before);
      });
    }),
    { numRuns: Math.ceil(SEQUENCES / 20), seed: SEED },
  );
});
