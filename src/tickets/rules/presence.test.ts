import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HERE_MS, type Here, othersHere, PRESENCE, SIGN_EVERY_MS } from './presence.ts';

const here: fc.Arbitrary<Here> = fc.record({
  person: fc.constantFrom('a', 'b', 'c'),
  name: fc.constantFrom('김', '이'),
  state: fc.constantFrom(...PRESENCE),
  until: fc.integer({ min: 0, max: 3 }),
});

test('shows neither oneself nor who has left, and who writes comes first', () => {
  fc.assert(
    fc.property(fc.array(here), (all) => {
      const shown = othersHere(all, 'a', 1);
      expect(shown.every(({ person, until }) => person !== 'a' && until > 1)).toBe(true);
      expect(shown).toHaveLength(all.filter(({ person, until }) => person !== 'a' && until > 1).length);
      const writes = shown.map(({ state }) => state === 'writing');
      expect(writes.lastIndexOf(true)).toBeLessThan(writes.indexOf(false) === -1 ? Infinity : writes.indexOf(false));
    }),
  );
});

test('one sign may be lost before somebody counts as gone', () => {
  expect(HERE_MS).toBeGreaterThan(2 * SIGN_EVERY_MS);
});
