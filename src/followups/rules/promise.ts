import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';
import { afterBusinessHours, type Hours } from '#requests/rules/due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KST_MS = 9 * HOUR;
/** A reminder that comes earlier is forgotten again. */
const REMIND_MS = 30 * MINUTE;
/** Nobody remembers what was promised for later. */
const FURTHEST_MS = 90 * DAY;

export type PromiseState = 'open' | 'kept' | 'late' | 'broken' | 'withdrawn';

/** When its owner is reminded (ms): half an hour before, of a short promise when half of its time is over. */
export const remindAt = (promisedAt: number, dueAt: number): number =>
  Math.max(dueAt - REMIND_MS, promisedAt + Math.floor((dueAt - promisedAt) / 2));

const hoursOf = ({ open, close }: Hours): number => {
  const at = (clock: string) => Number(clock.slice(0, 2)) + Number(clock.slice(3, 5)) / 60;
  const length = at(close) - at(open);
  return length > 0 ? length : 24 - at(open);
};

/** From when nothing keeps it any more, not even late (ms): one business day of the centre after it was due. */
export const brokenAt = (dueAt: number, hours: Hours): number => afterBusinessHours(dueAt, hoursOf(hours), hours);

/** Why a time cannot be promised; null when it can. */
export function whyNotDue(dueAt: number, now: number): 'due_past' | 'due_too_far' | null {
  if (dueAt <= now) return 'due_past';
  return dueAt - now > FURTHEST_MS ? 'due_too_far' : null;
}

type Standing = {
  state: PromiseState;
  promisedAt: number;
  dueAt: number;
  brokenAt: number;
};
/** What happened meanwhile: when the customer first heard of us after the promise, whether the case is closed. */
type Happened = { answeredAt: number | null; closed: boolean };

/**
 * What became of a promise: kept or late by the first answer after it; broken when none came by one business day after
 * the due time, or the case was closed without one. What was settled once stays as it was settled.
 */
export function standingOf(promise: Standing, { answeredAt, closed }: Happened, now: number): PromiseState {
  const { state, promisedAt, dueAt, brokenAt: over } = promise;
  if (state !== 'open') return state;
  const answered = answeredAt !== null && answeredAt > promisedAt && answeredAt <= now ? answeredAt : null;
  if (answered !== null && answered <= dueAt) return 'kept';
  if (answered !== null && answered < over) return 'late';
  if (now >= over || (closed && now >= dueAt)) return 'broken';
  return 'open';
}

/** Who is told of a promise: its owner, or the shift lead when the owner is off; nobody leads: the owner all the same. */
export function whoHears(owner: string, isOff: boolean, lead: string | null): { to: string; cover: string | null } {
  return isOff && lead !== null && lead !== owner ? { to: lead, cover: lead } : { to: owner, cover: null };
}

export type Suggestion = { name: 'two_hours' | 'today' | 'tomorrow' | 'tomorrow_pm'; at: number };

/** Times that are promised often, within the centre's hours, soonest first; those that have passed are left out. */
export function suggestedTimes(now: number, hours: Hours): Suggestion[] {
  const open = minutesOf(hours.open);
  const close = minutesOf(hours.close);
  const today = kstDay(now);
  let next = today + 1;
  while (!isBusinessDay(next)) next++;
  const on = (day: number, minute: number) => day * DAY - KST_MS + minute * MINUTE;
  const quarter = (at: number) => Math.ceil(at / (15 * MINUTE)) * 15 * MINUTE;
  const all: Suggestion[] = [
    { name: 'two_hours', at: quarter(afterBusinessHours(now, 2, hours)) },
    ...(isBusinessDay(today) ? [{ name: 'today' as const, at: on(today, close) }] : []),
    { name: 'tomorrow', at: on(next, open + 60) },
    { name: 'tomorrow_pm', at: on(next, Math.max(open + 60, close - 180)) },
  ];
  return all
    .filter(({ at }, i) => at > now && all.findIndex((other) => other.at === at) === i)
    .toSorted((a, b) => a.at - b.at);
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Share of promises that were kept in time, of those that are decided; null while none is. */
export function keptRate({ kept, late, broken }: { kept: number; late: number; broken: number }): number | null {
  const decided = kept + late + broken;
  return decided === 0 ? null : kept / decided;
}
