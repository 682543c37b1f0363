import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';

const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;

/** `11월 30일` of an instant (ms), in Korea. */
export function dayWords(at: number): string {
  const local = new Date(at + KST_MS);
  return `${local.getUTCMonth() + 1}월 ${local.getUTCDate()}일`;
}

/** Noon of the next business day after an instant (ms). */
export function nextBusinessDay(at: number): number {
  let day = kstDay(at) + 1;
  while (!isBusinessDay(day)) day++;
  return day * DAY_MS - KST_MS + DAY_MS / 2;
}
