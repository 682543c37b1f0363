import type { SafeFetch } from './safe-fetch.ts';

/** What every adapter gives back: a value, or why not (connectors.md §1.5). An adapter never throws and never retries. */
export type Outcome<T> = { ok: true; value: T } | Failure;
export type Failure = {
  ok: false;
  /** `unknown`: an answer that nobody can read. */
  kind: 'auth' | 'rate' | 'transient' | 'permanent' | 'unknown';
  code: string;
  message: string;
  retryAfterMs?: number;
};

/** What an adapter may use: no database, no clock, no network but these. */
export type Ctx = { signal: AbortSignal; now: () => Date; fetch: SafeFetch };

export const TRACK_STATUSES = [
  'UNKNOWN',
  'INFORMATION_RECEIVED',
  'AT_PICKUP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPT_FAIL',
  'DELIVERED',
  'AVAILABLE_FOR_PICKUP',
  'EXCEPTION',
] as const;
/** A step of a parcel; `at` in ISO 8601 with offset, null when the carrier gives no time. */
export type TrackEvent = {
  status: (typeof TRACK_STATUSES)[number];
  at: string | null;
  place: string | null;
  text: string;
};

/** All that is known of a parcel at `asOf`. `strange`: statuses that nobody has named yet; their steps are UNKNOWN. */
export type Tracked = { events: TrackEvent[]; asOf: string; strange: string[] };

/** A service that knows where parcels are. */
export type CourierTracker = {
  describe: () => { carriers: readonly string[]; ratePerSec: number };
  track: (ctx: Ctx, parcel: { courier: string; trackingNo: string }) => Promise<Outcome<Tracked>>;
};
