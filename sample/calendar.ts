import Holidays from 'date-holidays';
import { shareOut } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const KST = 9 * HOUR;

/** One KST day of the company's year. */
export type Day = {
  index: number;
  /** Its midnight in Korea, as an instant. */
  start: number;
  /** `20261118` */
  compact: string;
  month: number;
  dayOfMonth: number;
  weekday: number;
  holiday: boolean;
  /** The hour (KST) up to which the day has happened; 24 for all but the last. */
  until: number;
};

/** Midnight in Korea of the day that an instant lies in. */
export const midnight = (at: number): number => Math.floor((at + KST) / DAY) * DAY - KST;
/** Hour of the day in Korea, with its fraction. */
export const hourOf = (at: number): number => ((at + KST) % DAY) / HOUR;

/** The year that ends now, day by day. */
export function daysUntil(now: number, count = 365): Day[] {
  const calendar = new Holidays('KR');
  const last = midnight(now);
  return Array.from({ length: count }, (_, index) => {
    const start = last - (count - 1 - index) * DAY;
    const local = new Date(start + KST);
    const public_ = calendar.isHoliday(new Date(start + 12 * HOUR));
    return {
      index,
      start,
      compact: local.toISOString().slice(0, 10).replaceAll('-', ''),
      month: local.getUTCMonth() + 1,
      dayOfMonth: local.getUTCDate(),
      weekday: local.getUTCDay(),
      holiday: Array.isArray(public_) && public_.some((holiday) => holiday.type === 'public'),
      until: index === count - 1 ? hourOf(now) : 24,
    };
  });
}

/** Sales through the year: gifts before the holidays, a quiet February and August, the sales of autumn. */
const MONTHS = [1.02, 0.88, 0.94, 0.97, 1.08, 0.96, 0.95, 0.88, 1.08, 1.02, 1.22, 1.1];
/** Sunday to Saturday: people order most on Mondays and Sunday evenings, and ask most on Mondays. */
const ORDER_WEEK = [1.02, 1.16, 1.06, 1.02, 0.98, 0.9, 0.86];
const CONTACT_WEEK = [0.42, 1.52, 1.24, 1.12, 1.06, 1.02, 0.62];

/** Orders by hour: lunch and late evening. */
export const ORDER_HOURS = [
  3.2, 1.6, 0.9, 0.6, 0.5, 0.7, 1.4, 2.4, 3.6, 4.8, 5.6, 5.4, 5.6, 5.2, 5, 4.8, 4.7, 4.6, 4.6, 5, 6.2, 7.4, 7.6, 5.6,
];
/** What people write, at any hour. */
export const WRITTEN_HOURS = [
  1.4, 0.8, 0.5, 0.3, 0.3, 0.5, 1.2, 2.6, 4.8, 8.2, 8.6, 7.4, 6, 6.8, 7.6, 7, 6.4, 5.4, 4.2, 4, 4.2, 4.4, 4, 2.6,
];
/** Calls, while the lines are open. */
export const PHONE_HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 14.5, 12.5, 7, 12, 13, 11.5, 10, 7.5, 0, 0, 0, 0, 0, 0];
/** The lines are closed on Sundays and public holidays; on Saturdays until one o'clock. */
export const phoneHours = (day: Day): readonly number[] =>
  day.weekday === 0 || day.holiday ? NONE : day.weekday === 6 ? SATURDAY : PHONE_HOURS;
const NONE = new Array<number>(24).fill(0);
const SATURDAY = PHONE_HOURS.map((weight, hour) => (hour < 13 ? weight * 0.6 : 0));

/** Part of a day's weight that has happened by `until`. */
const happened = (hours: readonly number[], until: number): number => {
  const total = hours.reduce((a, b) => a + b, 0);
  if (until >= 24 || total === 0) return total === 0 ? 0 : 1;
  const full = Math.floor(until);
  const sum = hours.slice(0, full).reduce((a, b) => a + b, 0) + (hours[full] ?? 0) * (until - full);
  return sum / total;
};

export type Lift = (day: Day) => number;

export const orderWeight = (day: Day, lift: Lift): number =>
  (MONTHS[day.month - 1] as number) *
  (ORDER_WEEK[day.weekday] as number) *
  (day.holiday ? 0.7 : 1) *
  lift(day) *
  happened(ORDER_HOURS, day.until);

export const contactWeight = (day: Day, lift: Lift): number =>
  (MONTHS[day.month - 1] as number) *
  (CONTACT_WEEK[day.weekday] as number) *
  (day.holiday ? 0.35 : 1) *
  (0.35 + 0.65 * lift(day)) *
  happened(day.weekday === 0 || day.holiday ? WRITTEN_HOURS : MIXED_HOURS, day.until);
const MIXED_HOURS = WRITTEN_HOURS.map((weight, hour) => weight + (PHONE_HOURS[hour] ?? 0) * 0.55);

export const callWeight = (day: Day, lift: Lift): number =>
  phoneHours(day).some((weight) => weight > 0)
    ? (MONTHS[day.month - 1] as number) *
      (day.weekday === 6 ? 0.3 : (CONTACT_WEEK[day.weekday] as number)) *
      (0.4 + 0.6 * lift(day)) *
      happened(phoneHours(day), day.until)
    : 0;

/** Times within a day that follow an hourly pattern, sorted. Hours that have not come yet get none. */
export function timesOf(day: Day, count: number, hours: readonly number[], random: () => number): number[] {
  const weights = hours.map((weight, hour) => weight * Math.max(0, Math.min(1, day.until - hour)));
  if (count === 0) return [];
  const usable = weights.some((weight) => weight > 0)
    ? weights
    : weights.map((_, hour) => Math.max(0, Math.min(1, day.until - hour)));
  const perHour = shareOut(count, usable);
  const times = perHour.flatMap((n, hour) => {
    const length = Math.max(0, Math.min(1, day.until - hour));
    return Array.from({ length: n }, () => Math.floor(day.start + (hour + random() * length) * HOUR));
  });
  return times.sort((a, b) => a - b);
}

const clockOf = (at: number) => new Date(at + KST);
/** `11월 18일` */
export const koreanDate = (at: number): string => `${clockOf(at).getUTCMonth() + 1}월 ${clockOf(at).getUTCDate()}일`;
/** `오후 3시` */
export function koreanHour(at: number): string {
  const hour = clockOf(at).getUTCHours();
  return `${hour < 12 ? '오전' : '오후'} ${hour % 12 === 0 ? 12 : hour % 12}시`;
}
/** Whether the centre works then: weekdays 9 to 18. */
export function working(at: number): boolean {
  const { weekday, hour } = { weekday: clockOf(at).getUTCDay(), hour: hourOf(at) };
  return weekday > 0 && weekday < 6 && hour >= 9 && hour < 18;
}
/** The next instant at which the centre works. */
export function nextWorking(at: number): number {
  let then = at;
  while (!working(then)) {
    const opening = midnight(then) + 9 * HOUR;
    then = then < opening ? opening : opening + DAY;
  }
  return then;
}
