import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sendAgainAt, waitAfter } from './mail-waits.ts';

const at = (kst: string) => new Date(`2026-11-30T${kst}+09:00`);

test('waits grow to five minutes; mail is tried for a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, lot) => {
      expect(waitAfter('down', failures, lot)).toBeGreaterThanOrEqual(500);
      expect(waitAfter('down', failures, lot)).toBeLessThanOrEqual(300_000);
      const now = at('10:00:00');
      const again = sendAgainAt(now, failures, now, lot) as Date;
      expect(again.getTime() - now.getTime()).toBeLessThanOrEqual(3_600_000);
    }),
  );
  expect(sendAgainAt(at('10:00:00'), 9, new Date('2026-11-28T10:00:00+09:00'), 1)).toBeNull();
});
