import { type Said, unansweredSince, waitsIn } from './status.ts';
import type { Worked } from './wish.ts';

const RANK = ['low', 'normal', 'high', 'urgent'];
const MOST_TAGS = 20;
const higher = (one: string, other: string) => (RANK.indexOf(one) >= RANK.indexOf(other) ? one : other);

/**
 * What two tickets of one matter become: the one goes on with the tags of both and the higher priority, open when
 * somebody waits on either; the other is done and leads to it. `talk` is what was said on both, in its order.
 */
export function merged(into: Worked, from: Worked, now: number, talk: readonly Said[]): { into: Worked; from: Worked } {
  const waits = unansweredSince(talk) !== null && from.status !== 'solved' && from.status !== 'pending';
  const status = waits && (into.status === 'solved' || into.status === 'pending') ? 'open' : into.status;
  const tags = [...new Set([...into.tags, ...from.tags])].slice(0, Math.max(MOST_TAGS, into.tags.length));
  return {
    into: {
      ...into,
      status,
      tags,
      priority: higher(into.priority, from.priority),
      waitingSince: waitsIn(status, talk),
      solvedAt: status === 'solved' ? into.solvedAt : null,
      snoozedUntil: status === into.status ? into.snoozedUntil : null,
    },
    from: { ...from, status: 'solved', waitingSince: null, solvedAt: from.solvedAt ?? now, snoozedUntil: null },
  };
}
