import { businessDayAfter, kstDay } from '#policies/rules/calendar.ts';

export const LATER = ['hour', 'three_hours', 'evening', 'morning', 'week'] as const;
export type Later = (typeof LATER)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const at = (day: number, hour: number) => day * DAY_MS + (hour - 9) * HOUR_MS;

/** When `오늘 오후 5시` is too near to be put off to, it is not offered. */
const SOON_MS = 30 * 60_000;

/**
 * The times to put a ticket off to, in Korea: in one or three hours, this afternoon at five, at nine of the next
 * business day, and at nine a week from now, or on the first business day after that.
 */
export function laterTimes(now: number): [Later, number][] {
  const today = kstDay(now);
  const times: [Later, number][] = [
    ['hour', now + HOUR_MS],
    ['three_hours', now + 3 * HOUR_MS],
    ['evening', at(today, 17)],
    ['morning', at(businessDayAfter(today, 1), 9)],
    ['week', at(businessDayAfter(today + 6, 1), 9)],
  ];
  return times.filter(([name, time]) => name !== 'evening' || time - now > SOON_MS);
}
