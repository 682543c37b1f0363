import { businessDayAfter, dateText, kstDay } from '#policies/rules/calendar.ts';

/** The day that it is in Korea: `2026-11-30`. */
export const koreanDay = (now: number): string => dateText(kstDay(now));

const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;

/**
 * The instant before which a ticket must have begun to wait for the customer to have waited `days` whole business days
 * by now: what began on Monday and waits five is closed on the Tuesday after.
 */
export function quietSince(now: number, days: number): number {
  const today = kstDay(now);
  let day = today - 1;
  while (businessDayAfter(day, days) >= today) day--;
  return (day + 1) * DAY_MS - KST_MS;
}
