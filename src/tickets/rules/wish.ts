import { type Refusal, refuse } from '#platform/operation.ts';
import { type Said, type Status, setStatus, waitsIn } from './status.ts';

/** What of a ticket people change; times in milliseconds, days as text. */
export type Worked = {
  status: Status;
  assignee: string | null;
  tags: readonly string[];
  priority: string;
  waitingSince: number | null;
  solvedAt: number | null;
  snoozedUntil: number | null;
  followUpOn: string | null;
};

/** What somebody wants of a ticket; what is left out stays. */
export type Wish = {
  status?: Status | undefined;
  assignee?: string | null | undefined;
  priority?: string | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
  snoozeUntil?: number | null | undefined;
  followUpOn?: string | null | undefined;
};

const MOST_TAGS = 20;

/** The ticket as it is wished. A done ticket is not put off: it wakes when it is done, and opens when it is put off. */
export function wished(
  ticket: Worked,
  wish: Wish,
  now: number,
  talk: readonly Said[],
): Worked | Refusal<'too_many_tags', Record<string, never>> {
  const gone = new Set(wish.removeTags ?? []);
  const tags = [...new Set([...ticket.tags.filter((tag) => !gone.has(tag)), ...(wish.addTags ?? [])])];
  if (tags.length > MOST_TAGS) return refuse('too_many_tags', {});
  const asleep = wish.snoozeUntil === undefined ? ticket.snoozedUntil : wish.snoozeUntil;
  const status = wish.status ?? (wish.snoozeUntil && ticket.status === 'solved' ? 'open' : ticket.status);
  return {
    ...ticket,
    ...setStatus({ ...ticket, snoozedUntil: asleep }, status, now, talk),
    tags,
    assignee: wish.assignee === undefined ? ticket.assignee : wish.assignee,
    priority: wish.priority ?? ticket.priority,
    followUpOn: wish.followUpOn === undefined ? ticket.followUpOn : wish.followUpOn,
  };
}

const FIELDS = ['status', 'assignee', 'priority', 'snoozedUntil', 'followUpOn'] as const;
type Changed = Partial<Worked>;

/**
 * The ticket with a change taken back: each field that still is as the change left it is again as it was before; tags
 * come and go one by one, whatever others did to the rest. Null when somebody has set a field anew since then; with
 * `keepNewer` such a field stays. Who waits follows from the talk, which may have gone on.
 */
export function takenBack(
  ticket: Worked,
  change: { before: Changed; after: Changed },
  now: number,
  talk: readonly Said[],
  keepNewer = false,
): Worked | null {
  const newer = FIELDS.filter((field) => field in change.after && ticket[field] !== change.after[field]);
  if (newer.length > 0 && !keepNewer) return null;
  const kept = (part: Changed): Changed =>
    Object.fromEntries(Object.entries(part).filter(([field]) => !(newer as string[]).includes(field)));
  const before = kept(change.before);
  const after = kept(change.after);
  const status = before.status ?? ticket.status;
  const snoozedUntil = 'snoozedUntil' in after ? (before.snoozedUntil ?? null) : ticket.snoozedUntil;
  const next = { ...ticket, ...setStatus(ticket, status, now, talk) };
  return {
    ...next,
    assignee: 'assignee' in after ? (before.assignee ?? null) : ticket.assignee,
    priority: before.priority ?? ticket.priority,
    followUpOn: 'followUpOn' in after ? (before.followUpOn ?? null) : ticket.followUpOn,
    snoozedUntil,
    waitingSince: waitsIn(status, talk),
    solvedAt: next.status === 'solved' ? (before.solvedAt ?? next.solvedAt) : null,
    tags: 'tags' in after ? tagsBack(ticket.tags, before.tags ?? [], after.tags ?? []) : ticket.tags,
  };
}

/** Takes off what the change added and gives back what it took, in its old place where all else is as it was. */
function tagsBack(now: readonly string[], before: readonly string[], after: readonly string[]): readonly string[] {
  if (now.length === after.length && now.every((tag, index) => tag === after[index])) return before;
  const kept = now.filter((tag) => before.includes(tag) || !after.includes(tag));
  return [...kept, ...before.filter((tag) => !after.includes(tag) && !kept.includes(tag))];
}
