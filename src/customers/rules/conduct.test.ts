import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Block,
  CONDUCT_KINDS,
  CONDUCT_STEPS,
  conductLevel,
  mayAskBlock,
  mayDecide,
  mayTell,
  nextStep,
  type Step,
} from './conduct.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const step = (name: Step['step'], kind: Step['kind'] = 'abuse', revoked = false): Step => ({
  step: name,
  kind,
  revoked,
});

test('steps follow each other; harassment and threats go at once to the last one', () => {
  expect(nextStep('none', 'abuse')).toBe('caution');
  expect(nextStep('caution', 'unreasonable')).toBe('warning');
  expect(nextStep('none', 'sexual')).toBe('final');
  expect(mayTell('none', 'abuse', 'warning')).toBe(false);
  expect(mayTell('warning', 'abuse', 'caution')).toBe(false);
  expect(mayTell('none', 'threat', 'final')).toBe(true);
});

test('a block is asked for after the last step, or after a contact stopped for something grave', () => {
  expect(mayAskBlock('warning', [step('warning')])).toBe(false);
  expect(mayAskBlock('final', [step('final')])).toBe(true);
  expect(mayAskBlock('none', [step('stop', 'sexual')])).toBe(true);
  expect(mayAskBlock('none', [step('stop', 'abuse')])).toBe(false);
  expect(mayAskBlock('none', [step('stop', 'sexual', true)])).toBe(false);
});

test('nobody decides on what they asked for, and a block ends at its time', () => {
  expect(mayDecide('a', 'a')).toBe(false);
  expect(mayDecide('a', 'b')).toBe(true);
  const block: Block = { state: 'blocked', until: NOW };
  expect(conductLevel([step('final')], block, new Date(NOW.getTime() - 1))).toBe('blocked');
  expect(conductLevel([step('final')], block, NOW)).toBe('final');
});

test('whatever was told and taken back, no step was reached without the one before it, save what is grave', () => {
  const act = fc.record({
    kind: fc.constantFrom(...CONDUCT_KINDS),
    step: fc.constantFrom(...CONDUCT_STEPS),
    revoke: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const told: Step[] = [];
      for (const { kind, step: wanted, revoke } of acts) {
        const level = conductLevel(told, null, NOW);
        const last = told.at(-1);
        if (revoke && last) last.revoked = true;
        else if (mayTell(level, kind, wanted)) {
          const before = CONDUCT_STEPS[CONDUCT_STEPS.indexOf(wanted) - 1];
          if (before && kind !== 'sexual' && kind !== 'threat') expect([before, wanted]).toContain(level);
          told.push(step(wanted, kind));
          expect(conductLevel(told, null, NOW)).toBe(wanted);
        }
      }
    }),
  );
});
