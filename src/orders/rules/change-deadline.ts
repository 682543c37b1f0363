import { type BusinessCalendar, type Day, dayOf, isBusinessDay, kstDay } from '#policies/rules/calendar.ts';

const MINUTE = 60_000;
const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;

/** `14:00` of a KST day, in milliseconds. */
const at = (day: Day, clock: string): number =>
  day * DAY_MS - KST_MS + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * MINUTE;

/** The first cut-off (출고 마감) on a business day, at or after an instant: until then what was ordered can leave that day. */
export function nextCutoff(from: number, cutoff: string, calendar: BusinessCalendar = 'KR'): number {
  for (let day = kstDay(from); ; day++)
    if (isBusinessDay(day, calendar) && at(day, cutoff) >= from) return at(day, cutoff);
}

type Waiting = {
  paidAt: number | null;
  /** When the hold ended last; the goods wait for the next cut-off from then on. */
  releasedAt: number | null;
  held: boolean;
  desiredOn: string | null;
};

/**
 * Until when the packing of an order has not begun: the cut-off of the day on which it leaves. Null while nothing makes
 * it leave: unpaid, or held. A desired day (지정일) moves it to the cut-off of the business day before that day.
 */
export function changeDeadline(
  { paidAt, releasedAt, held, desiredOn }: Waiting,
  cutoff: string,
  calendar: BusinessCalendar = 'KR',
): number | null {
  if (held || paidAt === null) return null;
  const first = nextCutoff(Math.max(paidAt, releasedAt ?? paidAt), cutoff, calendar);
  const wanted = desiredOn === null ? null : dayOf(desiredOn);
  if (wanted === null) return first;
  let day = wanted - 1;
  while (!isBusinessDay(day, calendar)) day--;
  return Math.max(first, at(day, cutoff));
}

/** The first day on which goods that wait for their next cut-off can arrive: the day after they leave. */
export const earliestArrival = (now: number, cutoff: string, calendar: BusinessCalendar = 'KR'): Day =>
  kstDay(nextCutoff(now, cutoff, calendar)) + 1;
