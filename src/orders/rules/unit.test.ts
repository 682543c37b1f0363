import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isBefore,
  isBeforeShipping,
  isShipped,
  isTerminalStage,
  PLACES,
  STAGES,
  TERMINAL_STAGES,
  view,
} from './unit.ts';

const stage = fc.constantFrom(...STAGES, ...TERMINAL_STAGES);
const unit = fc.record({ stage, place: fc.constantFrom(...PLACES), hold: fc.constantFrom(null, 'k1') });

test('a line shows how many of its units stand where: all of them, each once', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
      const rows = view(units);
      expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(units.length);
      for (const row of rows) {
        const same = units.filter((it) => it.stage === row.stage && it.place === row.place && it.hold === row.hold);
        expect(row.count).toBe(same.length);
      }
    }),
  );
});

test('a unit is before shipping, shipped, or out of the order: exactly one of the three', () => {
  fc.assert(
    fc.property(stage, (of) => {
      expect([isBeforeShipping(of), isShipped(of), isTerminalStage(of)].filter(Boolean)).toHaveLength(1);
    }),
  );
});

test('stages come one after another, and a unit that is out of the order comes before none', () => {
  expect(isBefore('PAID', 'SHIPPED')).toBe(true);
  fc.assert(
    fc.property(stage, stage, (one, other) => {
      expect(isBefore(one, other) && isBefore(other, one)).toBe(false);
      if (isTerminalStage(one)) expect(isBefore(one, other)).toBe(false);
    }),
  );
});
