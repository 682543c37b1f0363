import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpenAt } from '#requests/rules/due.ts';
import { type CallBack, firstCall, type Move, move, nextCall, OUTCOMES } from './call-back.ts';

const HOURS = { open: '09:00', close: '18:00' };
const at = (kst: string) => Date.parse(`${kst}:00+09:00`);
const kst = (ms: number | null) => ms && new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16);
const ANY = { from: null, until: null };

test('the first call is at once while the centre is open, else at its next opening', () => {
  expect(kst(firstCall(ANY, at('2026-11-30T10:12'), HOURS))).toBe('2026-11-30T10:12');
  expect(kst(firstCall(ANY, at('2026-11-28T10:12'), HOURS))).toBe('2026-11-30T09:00');
  expect(kst(firstCall(ANY, at('2026-12-24T19:00'), HOURS))).toBe('2026-12-28T09:00');
});

test('a wanted time is kept; one in which the centre is closed is none', () => {
  const now = at('2026-11-30T10:00');
  const want = (from: string, until: string) => firstCall({ from: at(from), until: at(until) }, now, HOURS);
  expect(kst(want('2026-12-01T14:00', '2026-12-01T16:00'))).toBe('2026-12-01T14:00');
  expect(kst(want('2026-12-01T08:00', '2026-12-01T10:00'))).toBe('2026-12-01T09:00');
  expect(want('2026-12-01T19:00', '2026-12-01T21:00')).toBeNull();
  expect(want('2026-12-05T10:00', '2026-12-05T12:00')).toBeNull();
});

test('one and two hours later, then the wanted time of the next business day', () => {
  const window = { from: at('2026-11-30T14:00'), until: at('2026-11-30T18:00') };
  expect(kst(nextCall(1, window, at('2026-11-30T14:05'), HOURS))).toBe('2026-11-30T15:05');
  expect(kst(nextCall(2, window, at('2026-11-30T15:10'), HOURS))).toBe('2026-11-30T17:10');
  expect(kst(nextCall(3, window, at('2026-11-30T17:15'), HOURS))).toBe('2026-12-01T14:00');
  expect(kst(nextCall(1, window, at('2026-11-30T17:30'), HOURS))).toBe('2026-12-01T14:00');
  expect(kst(nextCall(1, ANY, at('2026-12-24T17:30'), HOURS))).toBe('2026-12-28T09:30');
});

const time = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-11-30T00:00') });
const windows = fc
  .tuple(time, fc.integer({ min: 1, max: 5_000 }))
  .map(([from, minutes]) => ({ from, until: from + minutes * 60_000 }));

test('whoever is called is called while the centre is open, and later than now', () => {
  fc.assert(
    fc.property(time, fc.option(windows, { nil: ANY }), fc.integer({ min: 1, max: 5 }), (now, window, missed) => {
      const first = firstCall(window, now, HOURS);
      if (first !== null) {
        expect(isOpenAt(first, HOURS)).toBe(true);
        expect(first).toBeGreaterThanOrEqual(now);
        if (window.until !== null) expect(first).toBeLessThan(window.until);
      }
      const next = nextCall(missed, window, now, HOURS);
      expect(next).toBeGreaterThan(now);
      // An end at closing time is closing time.
      expect(isOpenAt(next - 1, HOURS) || isOpenAt(next, HOURS)).toBe(true);
    }),
  );
});

const people = fc.constantFrom('a', 'b');
const moves: fc.Arbitrary<Move> = fc.oneof(
  people.map((by) => ({ do: 'claim' as const, by })),
  people.map((by) => ({ do: 'release' as const, by })),
  people.map((by) => ({ do: 'giveUp' as const, by })),
  fc.tuple(people, fc.constantFrom(...OUTCOMES)).map(([by, outcome]) => ({ do: 'call' as const, by, outcome })),
);

test('model: two agents never call at once, an ended call-back stays ended, and each miss counts once', () => {
  fc.assert(
    fc.property(fc.array(moves, { maxLength: 30 }), (steps) => {
      let row: CallBack = { state: 'open', missed: 0, claimedBy: null };
      let missed = 0;
      for (const step of steps) {
        const next = move(row, step);
        if (typeof next === 'string') {
          if (row.state !== 'open') expect(next).toBe('not_open');
          else if (step.do === 'call') expect(row.claimedBy).not.toBe(step.by);
          else if (step.do === 'claim') expect(row.claimedBy).not.toBe(step.by);
          continue;
        }
        expect(row.state).toBe('open');
        if (step.do === 'call') expect(row.claimedBy).toBe(step.by);
        if (step.do === 'call' && ['no_answer', 'busy', 'phone_off'].includes(step.outcome)) missed++;
        row = next;
        expect(row.missed).toBe(missed);
        if (step.do === 'call' && step.outcome === 'reached') expect(row.state).toBe('done');
      }
    }),
  );
});
