import { isBusinessDay, kstDay } from '#policies/rules/calendar.ts';
import type { Basis } from './transit.ts';

/** Why somebody has to look after a parcel. */
export const STUCK_KINDS = [
  'no_scan', // a waybill, but the carrier never had it (송장만 등록)
  'unknown_number', // the carrier does not know the number
  'late', // on the way for longer than 95 of 100 like it
  'still', // no scan for three days
  'attempt_failed',
  'returned',
  'exception',
] as const;
export type StuckKind = (typeof STUCK_KINDS)[number];

export type OpenParcel = {
  state: string;
  waybillAt: Date | null;
  shippedAt: Date | null;
  last: { kind: string; at: Date } | null;
  /** What the tracker says about the number itself. */
  problem: 'not_found' | null;
};
/** When a parcel becomes stuck, and why, if nothing happens until then; when it is expected at the latest. */
export type Watch = { kind: StuckKind | null; at: Date | null; expectedBy: Date | null };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A first scan is due this long after the waybill, Sundays and holidays aside (`waybillScanHours` of claims.md §6). */
export const SCAN_HOURS = 24;
/** Without a scan for so long a parcel stands still (connectors.md §7). */
export const STILL_HOURS = 72;

/**
 * What to expect of a parcel that has not arrived. A return, a failed attempt or an accident is stuck at once; without a
 * first scan it is by `SCAN_HOURS`; on the way by the earlier of the 95th percentile of its lane and `STILL_HOURS`
 * without a scan.
 */
export function watchOf(parcel: OpenParcel, basis: Basis | null): Watch {
  const { shippedAt, waybillAt, last, state } = parcel;
  const since = last?.at ?? shippedAt ?? waybillAt;
  const expectedBy = shippedAt && basis ? new Date(shippedAt.getTime() + basis.p95Hours * HOUR) : null;
  if (state === 'RETURNED_TO_SENDER' || state === 'REFUSED' || last?.kind === 'returned')
    return { kind: 'returned', at: since, expectedBy: null };
  if (last?.kind === 'attempt_failed' || last?.kind === 'exception') return { kind: last.kind, at: since, expectedBy };
  if (!shippedAt) {
    if (!waybillAt) return { kind: null, at: null, expectedBy: null };
    const kind = parcel.problem === 'not_found' ? 'unknown_number' : 'no_scan';
    return { kind, at: workingTimeAfter(waybillAt, SCAN_HOURS), expectedBy };
  }
  const still = workingTimeAfter(last?.at ?? shippedAt, STILL_HOURS);
  if (expectedBy && expectedBy <= still) return { kind: 'late', at: expectedBy, expectedBy };
  return { kind: 'still', at: still, expectedBy };
}

/** The time `hours` later, Sundays and holidays not counted: carriers work on Saturdays. */
function workingTimeAfter(from: Date, hours: number): Date {
  let left = hours * HOUR;
  let at = from.getTime();
  for (;;) {
    const day = kstDay(at);
    const end = (day + 1) * DAY - 9 * HOUR;
    const works = isBusinessDay(day) || isSaturday(day);
    if (works && left <= end - at) return new Date(at + left);
    if (works) left -= end - at;
    at = end;
  }
}

const isSaturday = (day: number): boolean => (((day + 4) % 7) + 7) % 7 === 6;
