import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOpenAt } from '#requests/rules/due.ts';
import { brokenAt, keptRate, remindAt, standingOf, suggestedTimes, whoHears, whyNotDue } from './promise.ts';

const HOURS = { open: '09:00', close: '18:00' };
const at = (kst: string) => Date.parse(`${kst}:00+09:00`);
const kst = (ms: number) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16);
const MINUTE = 60_000;

test('a reminder comes half an hour before, of a short promise when half of its time is over', () => {
  expect(kst(remindAt(at('2026-11-30T10:00'), at('2026-11-30T15:00')))).toBe('2026-11-30T14:30');
  expect(kst(remindAt(at('2026-11-30T10:00'), at('2026-11-30T10:20')))).toBe('2026-11-30T10:10');
});

test('a promise is broken one business day after it was due; weekends and holidays do not count', () => {
  expect(kst(brokenAt(at('2026-11-30T15:00'), HOURS))).toBe('2026-12-01T15:00');
  expect(kst(brokenAt(at('2026-11-27T15:00'), HOURS))).toBe('2026-11-30T15:00');
  expect(kst(brokenAt(at('2026-12-24T15:00'), HOURS))).toBe('2026-12-28T15:00');
});

test('a time that has passed, or lies beyond ninety days, cannot be promised', () => {
  const now = at('2026-11-30T10:00');
  expect(whyNotDue(now, now)).toBe('due_past');
  expect(whyNotDue(now + 91 * 24 * 60 * MINUTE, now)).toBe('due_too_far');
  expect(whyNotDue(now + MINUTE, now)).toBeNull();
});

test('a promise goes to the shift lead while its owner is off, and stays with the owner where nobody leads', () => {
  expect(whoHears('a', false, 'lead')).toEqual({ to: 'a', cover: null });
  expect(whoHears('a', true, 'lead')).toEqual({ to: 'lead', cover: 'lead' });
  expect(whoHears('a', true, null)).toEqual({ to: 'a', cover: null });
  expect(whoHears('lead', true, 'lead')).toEqual({ to: 'lead', cover: null });
});

const promise = fc
  .tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }))
  .map(([promisedAt, until, more]) => ({
    state: 'open' as const,
    promisedAt,
    dueAt: promisedAt + until,
    brokenAt: promisedAt + until + more,
  }));
const happened = fc.record({
  answeredAt: fc.option(fc.integer({ min: 0, max: 4_000 }), { nil: null }),
  closed: fc.boolean(),
});
const nows = fc.integer({ min: 0, max: 4_000 });

test('an answer in time keeps a promise whenever it is looked at, and no answer never does', () => {
  fc.assert(
    fc.property(promise, happened, nows, (made, what, now) => {
      const state = standingOf(made, what, now);
      const inTime =
        what.answeredAt !== null &&
        what.answeredAt > made.promisedAt &&
        what.answeredAt <= made.dueAt &&
        what.answeredAt <= now;
      expect(state === 'kept').toBe(inTime);
      if (what.answeredAt === null) expect(['open', 'broken']).toContain(state);
      if (now < made.dueAt && !inTime) expect(state).toBe('open');
      if (now >= made.brokenAt) expect(state).not.toBe('open');
    }),
  );
});

test('what is settled stays settled, whatever comes later', () => {
  fc.assert(
    fc.property(promise, happened, happened, nows, nows, (made, first, second, a, b) => {
      const [early, late] = [Math.min(a, b), Math.max(a, b)];
      const state = standingOf(made, first, early);
      if (state === 'open') return;
      expect(standingOf({ ...made, state }, second, late)).toBe(state);
    }),
  );
});

test('the order in which the check and the answer come does not matter while the promise is open', () => {
  fc.assert(
    fc.property(promise, happened, nows, (made, what, now) => {
      const checked = standingOf(made, { answeredAt: null, closed: what.closed }, now);
      if (checked !== 'open') return;
      expect(standingOf({ ...made, state: checked }, what, now)).toBe(standingOf(made, what, now));
    }),
  );
});

test('suggested times lie ahead, within hours on business days or at closing, and each stands once', () => {
  fc.assert(
    fc.property(fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00') }), (now) => {
      const times = suggestedTimes(now, HOURS);
      expect(times.length).toBeGreaterThan(1);
      for (const time of times) {
        expect(time.at).toBeGreaterThan(now);
        expect(isOpenAt(time.at - MINUTE, HOURS) || isOpenAt(time.at, HOURS)).toBe(true);
      }
      expect(new Set(times.map((time) => time.at)).size).toBe(times.length);
      expect(times.map((time) => time.at)).toEqual(times.map((time) => time.at).toSorted((a, b) => a - b));
    }),
  );
});

test('the kept rate is the share of those that are decided', () => {
  expect(keptRate({ kept: 3, late: 1, broken: 0 })).toBe(0.75);
  expect(keptRate({ kept: 0, late: 0, broken: 0 })).toBeNull();
});
