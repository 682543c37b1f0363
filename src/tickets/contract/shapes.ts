import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { refusal } from '#platform/operation.ts';
import { Day, Id, Instant, pii, text } from '#platform/values.ts';
import { STATUSES } from '../rules/status.ts';

export const CHANNELS = ['phone', 'email', 'chat', 'form', 'kakao', 'talktalk', 'sns', 'board', 'manual'] as const;
export type Channel = (typeof CHANNELS)[number];
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/**
 * What a queue shows: all, not done, mine, nobody's, customers waiting longest first, done; where I am called upon,
 * what I watch, what is put off, what is to be looked at again by today, and replies of mine that did not get through.
 */
export const VIEWS = [
  ...(['all', 'open', 'mine', 'unassigned', 'waiting', 'solved'] as const),
  ...(['mentioned', 'watching', 'snoozed', 'due', 'unsent'] as const),
] as const;
export const MESSAGE_KINDS = ['inbound', 'outbound', 'note', 'call_note', 'partner', 'event'] as const;

export const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
export const Tag = text(40);
export const Tags = z.array(Tag).max(20);

export const TicketRow = z.strictObject({
  id: Id,
  number: z.int(),
  subject: z.string(),
  status: z.enum(STATUSES),
  priority: z.enum(PRIORITIES),
  channel: z.enum(CHANNELS),
  mall: MallId,
  customer: z.strictObject({ id: Id, name: pii('name') }),
  assignee: Id.nullable(),
  assigneeName: z.string().nullable(),
  tags: z.array(z.string()),
  /** Since when the customer waits for our answer; null when nobody waits. */
  waitingSince: Instant.nullable(),
  /** Put off until then. */
  snoozedUntil: Instant.nullable(),
  /** The day on which somebody looks again. */
  followUpOn: Day.nullable(),
  updatedAt: Instant,
});

export const TicketMessage = z.strictObject({
  id: Id,
  kind: z.enum(MESSAGE_KINDS),
  channel: z.enum(CHANNELS),
  author: z.strictObject({ id: Id.nullable(), name: z.string().nullable() }),
  text: z.string(),
  /** How far an answer of ours got: `queued` waits for a connector that sends it. Null for all else. */
  delivery: z.enum(['queued', 'sent', 'failed']).nullable(),
  /** A queued one can be taken back until then. */
  sendAfter: Instant.nullable(),
  /** Why it could not be delivered; and whether its writer has dealt with that. */
  failure: z.string().nullable(),
  settled: z.boolean(),
  /** Says nothing but thanks: it opened nothing again, people decide. */
  thanks: z.boolean(),
  /** When it came in, or was written. */
  at: Instant,
  /** When the source says that it was said, if that differs. */
  saidAt: Instant.nullable(),
  /** Number of the merged ticket on which it was said; null for this one. */
  origin: z.int().nullable(),
});

export const Ticket = TicketRow.extend({
  centre: z.string(),
  order: Id.nullable(),
  product: Id.nullable(),
  partner: Id.nullable(),
  /** The mall's own deadline for an answer. */
  answerDueAt: Instant.nullable(),
  firstRepliedAt: Instant.nullable(),
  solvedAt: Instant.nullable(),
  createdAt: Instant,
  /** For how long it was put off last. */
  snoozedMinutes: z.int().nullable(),
  /** Tickets that were merged into this one. */
  merged: z.array(z.strictObject({ id: Id, number: z.int(), subject: z.string() })),
  /** Oldest first; a partner does not see our notes. */
  messages: z.array(TicketMessage),
  version: z.int(),
});

export const stale = {
  stale_version: refusal(
    {
      ko: '그사이 다른 사람이 이 상담을 바꾸었습니다. 새로 고친 뒤 다시 해 주세요.',
      en: 'Somebody changed this ticket meanwhile. Reload and try again.',
    },
    { version: z.int() },
  ),
};

/** `version`: the one that the screen showed; left out, the change is made whatever happened meanwhile. */
export const onTicket = { id: Id, version: z.int().positive().max(2_000_000_000).optional() };
export const Version = z.strictObject({ version: z.int() });
