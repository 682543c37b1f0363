/** How an outside system stands. `off`: not set up. `limited`: asks us to wait. `refused`: our key is not taken. */
export const SOURCE_STATES = ['off', 'ok', 'slow', 'limited', 'down', 'nonsense', 'refused'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

export type Source = {
  state: SourceState;
  since: Date;
  /** Code of what went wrong; null while all is well. */
  why: string | null;
  detail: string | null;
  lastOkAt: Date | null;
  /** Failures in a row. */
  failures: number;
  /** Nobody asks before then. */
  resumeAt: Date | null;
  slowStreak: number;
};
export type Failed = {
  kind: 'auth' | 'rate' | 'transient' | 'permanent' | 'unknown';
  code: string;
  message: string;
  retryAfterMs?: number;
};

const SECOND = 1_000;
/** An answer that takes longer is slow; three in a row make the source slow. */
export const SLOW_MS = 5 * SECOND;
const SLOW_STREAK = 3;
/** Waits of 1, 2, 4 … seconds, five minutes at most. */
const MOST_WAIT = 300 * SECOND;
/** When a source limits and does not say for how long; and the longest that it may say. */
const LIMIT_WAIT = 60 * SECOND;
const LONGEST_LIMIT = 3_600 * SECOND;
/** A key that was refused is tried again now and then: whoever mends it need not tell Haedap. */
const REFUSED_WAIT = 900 * SECOND;

export const newSource = (now: Date): Source => ({
  state: 'ok',
  since: now,
  why: null,
  detail: null,
  lastOkAt: null,
  failures: 0,
  resumeAt: null,
  slowStreak: 0,
});

const into = (source: Source, state: SourceState, now: Date) => (source.state === state ? {} : { state, since: now });

/** The source answered within `ms`. `strange`: what it said that nobody knows. */
export function afterAnswer(source: Source, now: Date, ms: number, strange: readonly string[] = []): Source {
  const slowStreak = ms >= SLOW_MS ? source.slowStreak + 1 : 0;
  const slow = slowStreak >= SLOW_STREAK;
  return {
    ...source,
    ...into(source, slow ? 'slow' : 'ok', now),
    why: slow ? 'slow' : null,
    detail: strange.length > 0 ? `unknown status ${strange.join(', ')}`.slice(0, 200) : null,
    ...{ lastOkAt: now, failures: 0, resumeAt: null, slowStreak },
  };
}

/** The source failed. `lot` (0 to 1) spreads the waits, so that many do not come back at once. */
export function afterFailure(source: Source, failed: Failed, now: Date, lot: number): Source {
  const failures = source.failures + 1;
  const state =
    failed.kind === 'rate'
      ? 'limited'
      : failed.kind === 'auth'
        ? 'refused'
        : failed.kind === 'unknown'
          ? 'nonsense'
          : 'down';
  return {
    ...source,
    ...into(source, state, now),
    why: failed.code,
    detail: failed.message.slice(0, 200) || null,
    failures,
    resumeAt: new Date(now.getTime() + waitOf(failed, failures, lot)),
    slowStreak: 0,
  };
}

function waitOf({ kind, retryAfterMs }: Failed, failures: number, lot: number): number {
  if (retryAfterMs !== undefined) return Math.min(LONGEST_LIMIT, Math.max(SECOND, retryAfterMs));
  if (kind === 'rate') return LIMIT_WAIT;
  if (kind === 'auth') return REFUSED_WAIT;
  return Math.round(Math.min(MOST_WAIT, SECOND * 2 ** Math.min(20, failures - 1)) * (0.5 + lot / 2));
}

/** Whether the source may be asked now. After failures it is asked once; the rest waits for the answer. */
export const mayAsk = (source: Source, now: Date): 'no' | 'once' | 'yes' =>
  source.resumeAt && source.resumeAt > now ? 'no' : source.failures > 0 ? 'once' : 'yes';
