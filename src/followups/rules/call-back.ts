import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';
import { afterBusinessHours, type Hours } from '#requests/rules/due.ts';

const DAY = 86_400_000;
/** After as many calls without an answer it may be left; earlier only for a reason of the customer's own. */
export const MOST_MISSED = 3;
/** Business hours until the next attempt, after the first one and after each later one. */
const PAUSES = [1, 2] as const;

export const OUTCOMES = ['reached', 'no_answer', 'busy', 'phone_off', 'wrong_number'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** When the customer wants to be called (ms); null: any time. */
export type Window = { from: number | null; until: number | null };

/**
 * When to call first (ms): as soon as the centre is open within the wanted time. Null when it is not open then: the
 * customer has to name another time.
 */
export function firstCall(window: Window, now: number, hours: Hours): number | null {
  const at = afterBusinessHours(Math.max(now, window.from ?? now), 0, hours);
  return window.until !== null && at >= window.until ? null : at;
}

/**
 * When to try again after `missed` calls without an answer (ms). Past the wanted time it goes to the same time of the
 * next business day; where the centre is closed then, to its opening. After three it stays at hand: the time is that of
 * the next business day, and it may be given up.
 */
export function nextCall(missed: number, window: Window, now: number, hours: Hours): number {
  const soon = afterBusinessHours(now, PAUSES[Math.min(missed, PAUSES.length) - 1] ?? 1, hours);
  if (missed < MOST_MISSED && (window.until === null || soon < window.until)) return soon;
  const wanted = window.from ?? now;
  let day = kstDay(now) + 1;
  while (!isBusinessDay(day)) day++;
  return afterBusinessHours(wanted + (day - kstDay(wanted)) * DAY, 0, hours);
}

export type CallBack = { state: 'open' | 'done' | 'given_up'; missed: number; claimedBy: string | null };
export type Move =
  | { do: 'claim'; by: string }
  | { do: 'release'; by: string }
  | { do: 'call'; by: string; outcome: Outcome }
  | { do: 'giveUp'; by: string };
export type WhyNot = 'not_open' | 'taken' | 'not_claimed';

/**
 * A step of a call-back. Who calls has claimed it; a call without an answer leaves it to whoever claims it next; a wrong
 * number and an answer end it.
 */
export function move(row: CallBack, step: Move): CallBack | WhyNot {
  if (row.state !== 'open') return 'not_open';
  if (step.do === 'claim') return row.claimedBy && row.claimedBy !== step.by ? 'taken' : { ...row, claimedBy: step.by };
  if (step.do === 'giveUp') return { ...row, state: 'given_up', claimedBy: null };
  if (row.claimedBy !== step.by) return row.claimedBy ? 'taken' : 'not_claimed';
  if (step.do === 'release') return { ...row, claimedBy: null };
  if (step.outcome === 'reached') return { ...row, state: 'done' };
  if (step.outcome === 'wrong_number') return { ...row, state: 'given_up', claimedBy: null };
  return { ...row, missed: row.missed + 1, claimedBy: null };
}
