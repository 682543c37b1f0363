import type { CommandContext } from '#platform/context.ts';
import { Refusal } from '#platform/operation.ts';
import type { Status, TicketState } from '../rules/status.ts';
import { type Wish, type Worked, wished } from '../rules/wish.ts';
import { tellTicket } from './tell-ticket.ts';
import { type Change, type LockedTicket, saveTicket } from './ticket-store.ts';
import { talkOf } from './ticket-talk.ts';

const millis = (at: Date | null) => at?.getTime() ?? null;
const date = (at: number | null) => (at === null ? null : new Date(at));

/** The ticket as its status machine sees it. */
export const stateOf = (ticket: LockedTicket): TicketState => ({
  status: ticket.status as Status,
  waitingSince: millis(ticket.waiting_since),
  solvedAt: millis(ticket.solved_at),
  snoozedUntil: millis(ticket.snoozed_until),
});

/** A state of the machine as a change to save. */
export const changeTo = (state: TicketState): Change => ({
  status: state.status,
  waiting_since: date(state.waitingSince),
  solved_at: date(state.solvedAt),
  snoozed_until: date(state.snoozedUntil),
});

/** The ticket as people change it. */
export const workedOf = (ticket: LockedTicket): Worked => ({
  ...stateOf(ticket),
  assignee: ticket.assignee,
  tags: ticket.tags,
  priority: ticket.priority,
  followUpOn: ticket.follow_up_on,
});

/** What people made of it, as a change to save. */
export const changeOf = (worked: Worked): Change => ({
  ...changeTo(worked),
  assignee: worked.assignee,
  tags: [...worked.tags],
  priority: worked.priority,
  follow_up_on: worked.followUpOn,
});

type Event =
  | 'assigned'
  | 'status_changed'
  | 'tagged'
  | 'priority_set'
  | 'snoozed'
  | 'woke'
  | 'follow_up_set'
  | 'changed'
  | 'auto_closed';

/** Does what is wished with a locked ticket, tells it, and answers the new version; the old one where nothing changes. */
export async function grant(
  ctx: CommandContext,
  ticket: LockedTicket,
  wish: Wish,
  event: Event,
  more: Change = {},
): Promise<{ version: number } | Refusal<'too_many_tags', Record<string, never>>> {
  const before = workedOf(ticket);
  const after = wished(before, wish, ctx.now.getTime(), await talkOf(ctx, ticket.id));
  if (after instanceof Refusal) return after;
  if (JSON.stringify(before) === JSON.stringify(after)) return { version: ticket.version };
  const version = await saveTicket(ctx, ticket, { ...changeOf(after), ...more }, event);
  const { status, assignee, tags, priority, followUpOn } = after;
  await tellTicket(ctx, ticket, `tickets.${event}`, {
    before,
    after,
    data: { version, status, assignee, tags, priority, followUpOn },
  });
  return { version };
}
