import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Day, Id, Instant, InstantIn, text } from '#platform/values.ts';
import { LATER } from '../rules/later.ts';
import { PRESENCE } from '../rules/presence.ts';
import { STATUSES } from '../rules/status.ts';
import { onTicket, PRIORITIES, stale, Version } from './shapes.ts';

const LINKS = ['related', 'follow_up', 'followed', 'split_off', 'split_from'] as const;
const Person = z.strictObject({ id: Id, name: z.string() });

const past = refusal({
  ko: '지난 시각입니다. 앞으로의 시각을 골라 주세요.',
  en: 'That time has passed. Choose a later one.',
});

export const workPermissions = {
  'tickets.clock': {
    title: { ko: '정해진 때에 상담 움직이기', en: 'Move tickets when their time has come' },
    roles: ['admin'],
  },
} as const;

export const workOperations = {
  setPriority: command({
    title: { ko: '우선순위 변경', en: 'Set the priority' },
    may: 'tickets.work',
    input: z.strictObject({ ...onTicket, priority: z.enum(PRIORITIES) }),
    output: Version,
    refusals: stale,
    scoped: true,
    example: (known) => ({ id: known.ticketId, priority: 'high' as const }),
  }),
  /** The day on which somebody looks again; null takes it off. */
  setFollowUp: command({
    title: { ko: '다시 볼 날 지정', en: 'Set the day to look again' },
    may: 'tickets.work',
    input: z.strictObject({ ...onTicket, on: Day.nullable() }),
    output: Version,
    refusals: { ...stale, past },
    scoped: true,
    example: (known) => ({ id: known.ticketId, on: '2099-01-02' }),
  }),
  /** Puts the ticket off: it leaves the queues and comes back by itself then, or when the customer writes. Null wakes it. */
  snooze: command({
    title: { ko: '잠시 미루기', en: 'Put off' },
    may: 'tickets.work',
    input: z.strictObject({ ...onTicket, until: InstantIn.nullable() }),
    output: Version,
    refusals: { ...stale, past },
    scoped: true,
    example: (known) => ({ id: known.ticketId, until: '2099-01-02T09:00:00+09:00' }),
  }),
  wake: command({
    title: { ko: '미룬 상담 돌려놓기', en: 'Bring a put-off ticket back' },
    may: 'tickets.clock',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ woke: z.boolean() }),
    scoped: true,
    example: (known) => ({ id: known.ticketId }),
  }),
  /** Takes back one change of mine, the one that made this version, as far as nobody has set the same anew. */
  undo: command({
    title: { ko: '되돌리기', en: 'Take a change back' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, version: z.int().positive().max(2_000_000_000) }),
    output: Version,
    refusals: {
      nothing_to_undo: refusal({
        ko: '되돌릴 변경이 아닙니다. 이미 되돌렸거나 다른 사람이 한 일입니다.',
        en: 'There is nothing of yours to take back: it was taken back already, or somebody else did it.',
      }),
      changed_since: refusal({
        ko: '그사이 다른 사람이 같은 것을 바꾸어 되돌리지 않았습니다. 지금 값을 확인해 주세요.',
        en: 'Somebody has changed the same since then, so nothing was taken back. Look at what it is now.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.undoTicketId, version: 2 }),
  }),
  /** One's own watching unless a colleague is named. */
  watch: command({
    title: { ko: '상담 지켜보기', en: 'Watch or stop watching' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, person: Id.optional(), on: z.boolean() }),
    output: Version,
    refusals: {
      person_unknown: refusal({
        ko: '그 사람을 찾을 수 없습니다. 다시 골라 주세요.',
        en: 'There is no such person. Choose again.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.ticketId, on: true }),
  }),
  link: command({
    title: { ko: '상담 연결', en: 'Link or unlink two tickets' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, number: z.int().positive(), on: z.boolean() }),
    output: Version,
    refusals: {
      no_other: refusal({
        ko: '그 번호의 상담이 없습니다. 번호를 확인해 주세요.',
        en: 'There is no ticket with that number.',
      }),
      linked_by_itself: refusal({
        ko: '이어진 문의나 나눈 상담의 연결은 끊을 수 없습니다.',
        en: 'What follows from a follow-up or a split stays linked.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.ticketId, number: Number(known.otherTicketNumber), on: true }),
  }),
  /** I have read what I was called upon for. */
  seeMentions: command({
    title: { ko: '멘션 확인', en: 'See my mentions' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ seen: z.int() }),
    scoped: true,
    example: (known) => ({ id: known.ticketId }),
  }),
  /** What stands around a ticket: who watches, what it is linked to, where I was called upon. */
  around: query({
    title: { ko: '상담 주변', en: 'Around a ticket' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({
      watchers: z.array(Person),
      links: z.array(
        z.strictObject({
          id: Id,
          number: z.int(),
          subject: z.string(),
          status: z.enum(STATUSES),
          kind: z.enum(LINKS),
        }),
      ),
      /** Messages in which I was called upon and which I have not seen. */
      mentions: z.array(Id),
    }),
    scoped: true,
    example: (known) => ({ id: known.ticketId }),
  }),
  /** The times that a ticket is put off to, on Korean business days. */
  laterTimes: query({
    title: { ko: '미룰 시각', en: 'Times to put off to' },
    may: 'tickets.work',
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(z.strictObject({ name: z.enum(LATER), at: Instant })) }),
    example: () => ({}),
  }),
  /** People who work on tickets where I do, with how much each has open. */
  colleagues: query({
    title: { ko: '상담 동료', en: 'Colleagues' },
    may: 'tickets.work',
    input: z.strictObject({ q: text(60).optional(), limit: z.int().min(1).max(100).default(20) }),
    output: z.strictObject({
      items: z.array(Person.extend({ state: z.enum(['ready', 'away']), reason: z.string().nullable(), open: z.int() })),
    }),
    example: () => ({ limit: 20 }),
  }),
  /** I look at a ticket, write on it, or have left it. Nobody keeps that: it passes by itself. */
  here: command({
    title: { ko: '상담에 있음을 알림', en: 'Say that I am at a ticket' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, state: z.enum([...PRESENCE, 'left']) }),
    output: z.strictObject({}),
    refreshes: [],
    passing: true,
    scoped: true,
    example: (known) => ({ id: known.ticketId, state: 'viewing' as const }),
  }),
  presence: query({
    title: { ko: '지금 상담에 있는 사람', en: 'Who is at which ticket now' },
    may: 'tickets.work',
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(
        z.strictObject({ ticket: Id, person: Id, name: z.string(), state: z.enum(PRESENCE), until: Instant }),
      ),
    }),
    example: () => ({}),
  }),
  setMyState: command({
    title: { ko: '내 상담 상태', en: 'Set my state' },
    may: 'tickets.work',
    input: z.strictObject({ state: z.enum(['ready', 'away']), reason: text(60).optional() }),
    output: z.strictObject({}),
    example: () => ({ state: 'away' as const, reason: '식사' }),
  }),
  myState: query({
    title: { ko: '내 상담 상태', en: 'My state' },
    may: 'tickets.work',
    input: z.strictObject({}),
    output: z.strictObject({
      state: z.enum(['ready', 'away']),
      reason: z.string().nullable(),
      since: Instant.nullable(),
    }),
    example: () => ({}),
  }),
};
