import type { SourceState } from '#channels/rules/source-state.ts';

const SECOND = 1_000;
const MOST_WAIT = 300 * SECOND;
/** A password that was refused is tried again now and then: whoever mends it need not tell Haedap. */
const REFUSED_WAIT = 900 * SECOND;

/** How long to wait after so many failures in a row: 1, 2, 4 … 300 s, half of it by `lot` (0 to 1). */
export function waitAfter(state: SourceState, failures: number, lot: number): number {
  if (state === 'refused' || state === 'blocked') return REFUSED_WAIT;
  return Math.round(Math.min(MOST_WAIT, SECOND * 2 ** Math.min(20, Math.max(0, failures - 1))) * (0.5 + lot / 2));
}

/** A mail that the other side cannot take now is tried again for a day: 1, 2, 4 … minutes, an hour at most. */
export function sendAgainAt(now: Date, attempts: number, createdAt: Date, lot: number): Date | null {
  if (now.getTime() - createdAt.getTime() > 24 * 3_600 * SECOND) return null;
  const wait = Math.min(3_600, 60 * 2 ** Math.min(20, Math.max(0, attempts - 1))) * SECOND;
  return new Date(now.getTime() + Math.round(wait * (0.5 + lot / 2)));
}
