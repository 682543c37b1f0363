import { expect, test } from 'vitest';
import { ago, clock, dayKey, duration, money, shortDay, span, won } from './format.ts';

test('days and times are those of Seoul, whatever the machine', () => {
  const lateEvening = new Date('2026-11-24T15:30:00Z');
  expect(dayKey(lateEvening)).toBe('2026-11-25');
  expect(clock(lateEvening)).toBe('00:30');
  expect(shortDay(lateEvening, new Date('2026-12-31T00:00:00Z'))).toBe('11/25');
  expect(shortDay(lateEvening, new Date('2027-01-02T00:00:00Z'))).toBe('26/11/25');
});

test('a span is told in its largest unit and never below zero', () => {
  expect(span(59_000, 'ko')).toBe('59초');
  expect(span(61_000, 'ko')).toBe('1분');
  expect(span(-5, 'ko')).toBe('0초');
  expect(span(3 * 3600_000, 'en')).toBe('3 h');
  expect(ago(new Date(0), 12_000, 'ko')).toBe('12초 전');
});

test('money has separators, a true minus and its unit only where asked', () => {
  expect(money(-10_000)).toBe('−10,000');
  expect(won(79_600, 'ko')).toBe('79,600원');
  expect(duration(4_920)).toBe('1:22:00');
});
