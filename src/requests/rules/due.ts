import { type BusinessCalendar, type Day, isBusinessDay, kstDay } from '#policies/rules/calendar.ts';

/** Opening hours of whoever answers, Korean wall-clock: `09:00`. */
export type Hours = { open: string; close: string };

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;
const FULL_DAY = 24 * 60;
/** Nobody is closed for longer: a calendar that never opens would have no due time. */
const MOST_DAYS = 400;

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Opening and closing as minutes of a day. Hours that end where or before they begin run until midnight. */
function opening({ open, close }: Hours): { from: number; until: number } {
  const from = minutes(open);
  const until = minutes(close);
  return { from, until: until > from ? until : FULL_DAY };
}

/**
 * The instant (ms) at which `hours` business hours after `from` have passed: counted only between opening and closing
 * on Korean business days. A request of Friday evening is due on Monday.
 */
export function afterBusinessHours(
  from: number,
  hours: number,
  opened: Hours,
  calendar: BusinessCalendar = 'KR',
): number {
  const { from: opens, until: closes } = opening(opened);
  let left = hours * 60 * MINUTE;
  const first = kstDay(from);
  for (let day: Day = first; day < first + MOST_DAYS; day++) {
    if (!isBusinessDay(day, calendar)) continue;
    const midnight = day * DAY_MS - KST_MS;
    const begins = Math.max(from, midnight + opens * MINUTE);
    const there = midnight + closes * MINUTE - begins;
    if (there <= 0) continue;
    if (left <= there) return begins + left;
    left -= there;
  }
  return from + hours * 60 * MINUTE;
}

/** When a request is due, and when its addressee is reminded: after half of the business hours that it has. */
export function termsOf(
  askedAt: number,
  hours: number,
  opened: Hours,
  calendar: BusinessCalendar = 'KR',
): { remindAt: number; dueAt: number } {
  return {
    remindAt: afterBusinessHours(askedAt, hours / 2, opened, calendar),
    dueAt: afterBusinessHours(askedAt, hours, opened, calendar),
  };
}

/** Whether somebody with these hours can be called now. */
export function isOpenAt(now: number, opened: Hours, calendar: BusinessCalendar = 'KR'): boolean {
  const day = kstDay(now);
  if (!isBusinessDay(day, calendar)) return false;
  const { from, until } = opening(opened);
  const minute = (now - (day * DAY_MS - KST_MS)) / MINUTE;
  return minute >= from && minute < until;
}
