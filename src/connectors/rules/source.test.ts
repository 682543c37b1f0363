import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextAskAt, retryAskAt } from './interval.ts';
import { afterAnswer, afterFailure, type Failed, mayAsk, newSource, SLOW_MS, type Source } from './source.ts';

const NOW = new Date('2026-11-25T03:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const down: Failed = { kind: 'transient', code: 'http_502', message: 'the service is down' };
const waits = (source: Source, at: Date) => (source.resumeAt?.getTime() ?? 0) - at.getTime();

test('waits double from a second to five minutes, with half of each by lot', () => {
  let source = newSource(NOW);
  const seconds: number[] = [];
  for (let i = 0; i < 11; i++) {
    source = afterFailure(source, down, NOW, 1);
    seconds.push(waits(source, NOW) / 1_000);
    expect(waits(afterFailure({ ...source, failures: i }, down, NOW, 0), NOW)).toBe((seconds[i]! * 1_000) / 2);
  }
  expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
});

test('what it asks for is kept, within an hour', () => {
  const limited: Failed = { kind: 'rate', code: 'limited', message: '' };
  expect(waits(afterFailure(newSource(NOW), { ...limited, retryAfterMs: 7_000 }, NOW, 0.5), NOW)).toBe(7_000);
  expect(waits(afterFailure(newSource(NOW), limited, NOW, 0.5), NOW)).toBe(60_000);
  expect(waits(afterFailure(newSource(NOW), { ...limited, retryAfterMs: 9e9 }, NOW, 0.5), NOW)).toBe(3_600_000);
});

test('since when it is so stays as long as it is so; when it last answered is never forgotten', () => {
  const answered = afterAnswer(newSource(NOW), later(1_000), 100);
  const first = afterFailure(answered, down, later(5_000), 0.5);
  const second = afterFailure(first, down, later(9_000), 0.5);
  expect(second).toMatchObject({ state: 'down', since: later(5_000), why: 'http_502', lastOkAt: later(1_000) });
  expect(mayAsk(second, later(9_001))).toBe('no');
  expect(mayAsk(second, later(19_000))).toBe('once');
  const well = afterAnswer(second, later(20_000), 100);
  expect(well).toMatchObject({ state: 'ok', since: later(20_000), why: null, failures: 0, resumeAt: null });
  expect(mayAsk(well, later(20_000))).toBe('yes');
});

test('three slow answers in a row make it slow, one fast answer mends it', () => {
  let source = newSource(NOW);
  for (const [ms, state] of [
    [SLOW_MS, 'ok'],
    [SLOW_MS, 'ok'],
    [SLOW_MS, 'slow'],
    [SLOW_MS, 'slow'],
    [100, 'ok'],
  ] as const) {
    source = afterAnswer(source, NOW, ms);
    expect(source.state).toBe(state);
  }
});

test('whatever happens, it is asked again within an hour, and an answer ends all trouble', () => {
  const kinds = fc.constantFrom<Failed['kind']>('auth', 'rate', 'transient', 'unknown');
  const failure = fc.record({
    kind: kinds,
    retryAfterMs: fc.option(fc.integer({ min: -9, max: 2e9 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(failure, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, lot) => {
      let source = newSource(NOW);
      for (const { kind, retryAfterMs } of failures) {
        const failed = { kind, code: 'x', message: 'y', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
        source = afterFailure(source, failed, NOW, lot);
        expect(waits(source, NOW)).toBeGreaterThanOrEqual(500);
        expect(waits(source, NOW)).toBeLessThanOrEqual(3_600_000);
      }
      expect(mayAsk(source, later(3_600_001))).toBe('once');
      expect(afterAnswer(source, NOW, 1)).toMatchObject({ state: 'ok', why: null, resumeAt: null });
    }),
  );
});

test('a parcel that is out is asked for every half an hour, one of last month once a day', () => {
  const hours = (lastKind: string | null, days: number, unknown = false) =>
    (nextAskAt({ lastKind, waybillAt: later(-days * 86_400_000), now: NOW, unknown }).getTime() - NOW.getTime()) /
    3_600_000;
  expect(hours('out_for_delivery', 2)).toBe(0.5);
  expect(hours('hub_in', 2)).toBe(2);
  expect(hours(null, 1)).toBe(3);
  expect(hours(null, 1, true)).toBe(6);
  expect(hours('hub_in', 31)).toBe(24);
});

test('a parcel that gets no answer stays due twice, then waits longer and longer, six hours at most', () => {
  const minutes = [1, 2, 3, 4, 5, 20].map((failures) => (retryAskAt(NOW, failures).getTime() - NOW.getTime()) / 60_000);
  expect(minutes).toEqual([0, 0, 10, 20, 40, 360]);
});
