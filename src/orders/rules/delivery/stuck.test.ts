import { expect, test } from 'vitest';
import { type OpenParcel, watchOf } from './stuck.ts';
import type { Basis } from './transit.ts';

const at = (text: string) => new Date(`${text}+09:00`);
const basis: Basis = { level: 'region', n: 83, p50Hours: 28, p95Hours: 52, thin: 12 };
// 2026-11-23 is a Monday.
const parcel = (more: Partial<OpenParcel>): OpenParcel => ({
  state: 'PACKED',
  waybillAt: at('2026-11-23T15:00:00'),
  shippedAt: null,
  last: null,
  problem: null,
  ...more,
});

test('a waybill without a scan is stuck a day later, Sundays and holidays aside', () => {
  expect(watchOf(parcel({}), basis)).toMatchObject({
    kind: 'no_scan',
    at: at('2026-11-24T15:00:00'),
    expectedBy: null,
  });
  const saturday = parcel({ waybillAt: at('2026-11-28T15:00:00') });
  expect(watchOf(saturday, basis).at).toEqual(at('2026-11-30T15:00:00'));
  const christmas = parcel({ waybillAt: at('2026-12-24T15:00:00') });
  expect(watchOf(christmas, basis).at).toEqual(at('2026-12-26T15:00:00'));
});

test('a number that the carrier does not know is told apart', () => {
  expect(watchOf(parcel({ problem: 'not_found' }), null).kind).toBe('unknown_number');
});

test('on the way it is late beyond the 95th percentile, and still when nothing moves before', () => {
  const shippedAt = at('2026-11-23T19:00:00');
  const moving = parcel({ state: 'SHIPPED', shippedAt, last: { kind: 'hub_in', at: at('2026-11-24T01:00:00') } });
  expect(watchOf(moving, basis)).toEqual({
    kind: 'late',
    at: at('2026-11-25T23:00:00'),
    expectedBy: at('2026-11-25T23:00:00'),
  });
  const slowLane = { ...basis, p95Hours: 200 };
  expect(watchOf(moving, slowLane)).toMatchObject({ kind: 'still', at: at('2026-11-27T01:00:00') });
  expect(watchOf(moving, null)).toEqual({ kind: 'still', at: at('2026-11-27T01:00:00'), expectedBy: null });
});

test('a failed attempt, an accident and a return are stuck at once', () => {
  const shippedAt = at('2026-11-23T19:00:00');
  const lastAt = at('2026-11-24T15:00:00');
  for (const kind of ['attempt_failed', 'exception', 'returned'] as const)
    expect(watchOf(parcel({ shippedAt, last: { kind, at: lastAt } }), basis)).toMatchObject({ kind, at: lastAt });
  expect(watchOf(parcel({ shippedAt, state: 'RETURNED_TO_SENDER' }), basis).kind).toBe('returned');
});

test('without a waybill there is nothing to watch', () => {
  expect(watchOf(parcel({ waybillAt: null }), basis)).toEqual({ kind: null, at: null, expectedBy: null });
});
