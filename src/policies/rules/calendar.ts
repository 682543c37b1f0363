import { createRequire } from 'node:module';

/** A calendar day at UTC+9, counted in days since 1970-01-01. */
export type Day = number;

/** Public holidays: Korea's, with days that a company adds or takes away ("2026-06-03"). */
export type BusinessCalendar = 'KR' | 'NONE' | { base: 'KR' | 'NONE'; add?: string[]; remove?: string[] };

const DAY_MS = 86_400_000;
const KST_MS = 9 * 3_600_000;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** The KST day on which an instant (milliseconds) falls. */
export function kstDay(instant: number): Day {
  return Math.floor((instant + KST_MS) / DAY_MS);
}

/** "2026-09-29" of a day; null stays null. */
export function dateText(day: Day): string;
export function dateText(day: Day | null): string | null;
export function dateText(day: Day | null): string | null {
  return day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day of "2026-09-29"; null when there is no such day, or it lies outside 2000 to 2100. */
export function dayOf(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = at / DAY_MS;
  if (dateText(day) !== text) return null;
  const year = Number(match[1]);
  return year < FIRST_YEAR || year > LAST_YEAR ? null : day;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds of an ISO 8601 time with offset; null when it is none, or outside 2000 to 2100. */
export function instantOf(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match || dayOf(match[1]!) === null) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** n months later: the same day number, else the last day of the month (민법 §160). */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * DAY_MS);
  const month = date.getUTCMonth() + months;
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}

/** Neither Saturday, Sunday, public nor substitute holiday. */
export function isBusinessDay(day: Day, calendar: BusinessCalendar = 'KR'): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  if (weekday === 0 || weekday === 6) return false;
  if (typeof calendar === 'string') return calendar === 'NONE' || !koreanHolidays(day).has(day);
  const text = dateText(day);
  if (calendar.add?.includes(text)) return false;
  if (calendar.base === 'NONE' || calendar.remove?.includes(text)) return true;
  return !koreanHolidays(day).has(day);
}

/** bd(d, n): the n-th business day after d. */
export function businessDayAfter(day: Day, n: number, calendar: BusinessCalendar = 'KR'): Day {
  let at = day;
  for (let left = n; left > 0; ) if (isBusinessDay(++at, calendar)) left--;
  return at;
}

/** A last day that falls on a Saturday, Sunday or holiday moves to the next business day (민법 §161). */
export function lastDay(day: Day, calendar: BusinessCalendar = 'KR'): Day {
  let at = day;
  while (!isBusinessDay(at, calendar)) at++;
  return at;
}

type Source = {
  getHolidays(
    year: number,
  ): { date: string; start: Date; end: Date; type: string; name: string; substitute?: boolean }[];
};
let source: Source | null = null;
const years = new Map<number, Set<Day>>();

function koreanHolidays(day: Day): Set<Day> {
  const year = new Date(day * DAY_MS).getUTCFullYear();
  let days = years.get(year);
  if (!days) {
    days = holidaysOf(year);
    years.set(year, days);
  }
  return days;
}

function holidaysOf(year: number): Set<Day> {
  source ??= new (createRequire(import.meta.url)('date-holidays'))('KR', { languages: ['ko'] }) as Source;
  const days = new Set<Day>();
  for (const holiday of source.getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    // date-holidays starts the three days of 설날 on the day itself; by law they are the day before, the day and the day after.
    const early = holiday.name === '설날' && !holiday.substitute ? 1 : 0;
    const from = kstDay(holiday.start.getTime()) - early;
    const until = kstDay(holiday.end.getTime() - 1) - early;
    for (let at = from; at <= until; at++) days.add(at);
  }
  return days;
}
