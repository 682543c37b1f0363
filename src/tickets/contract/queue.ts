import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Day, Id, Instant, InstantIn, text } from '#platform/values.ts';
import { STATUSES } from '../rules/status.ts';
import { CHANNELS, PRIORITIES, Tag, Tags, VIEWS } from './shapes.ts';

/** What narrows the queue; what a saved view keeps. */
export const listFilters = {
  view: z.enum(VIEWS).optional(),
  status: z.enum(STATUSES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  channel: z.enum(CHANNELS).optional(),
  mall: MallId.optional(),
  assignee: Id.optional(),
  customer: Id.optional(),
  tag: Tag.optional(),
  /** Any part of what stands in the subject or what the customer wrote. */
  q: text(100).optional(),
  /** Newest change first, or who waits longest first. */
  sort: z.enum(['updated', 'waiting']).optional(),
};
const Filter = z.strictObject(listFilters);
const SHARED = ['own', 'centre', 'company'] as const;
const MOST_AT_ONCE = 5_000;
export const BULK_STATES = ['running', 'done', 'cancelled', 'undoing', 'undone'] as const;
export const OUTCOMES = ['changed', 'unchanged', 'refused', 'undone', 'kept'] as const;

/** What is wished of each of many tickets. */
const Wish = z.strictObject({
  status: z.enum(STATUSES).optional(),
  assignee: Id.nullable().optional(),
  priority: z.enum(PRIORITIES).optional(),
  addTags: Tags.optional(),
  removeTags: Tags.optional(),
  snoozeUntil: InstantIn.nullable().optional(),
  followUpOn: Day.nullable().optional(),
});

export const queueOperations = {
  /** Views that were saved: mine, and those that others share with me; with how many tickets each holds. */
  views: query({
    title: { ko: '저장한 보기', en: 'Saved views' },
    may: 'tickets.work',
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          name: z.string(),
          shared: z.enum(SHARED),
          mine: z.boolean(),
          filter: Filter,
          /** Exact below 1,000; that many or more from there on. Null for a search. */
          count: z.int().nullable(),
        }),
      ),
    }),
    example: () => ({}),
  }),
  /** Saves the filter under a name; with `id` one of mine is changed. */
  saveView: command({
    title: { ko: '보기 저장', en: 'Save a view' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id.optional(), name: text(40), shared: z.enum(SHARED), filter: Filter }),
    output: z.strictObject({ id: Id }),
    refusals: {
      too_many_views: refusal({
        ko: '보기는 30개까지 저장할 수 있습니다. 쓰지 않는 보기를 지워 주세요.',
        en: 'At most 30 views can be saved. Remove one that is not used.',
      }),
    },
    example: () => ({
      name: '자사몰 긴급',
      shared: 'own' as const,
      filter: { mall: 'own', priority: 'urgent' as const },
    }),
  }),
  removeView: command({
    title: { ko: '보기 지우기', en: 'Remove a view' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({}),
    example: (known) => ({ id: known.viewId }),
  }),
  /** Changes the named tickets, or all that a filter holds; each gets a line, and the whole can be taken back. */
  bulkChange: command({
    title: { ko: '일괄 변경', en: 'Change many at once' },
    may: 'tickets.work',
    input: z.strictObject({
      ids: z.array(Id).min(1).max(MOST_AT_ONCE).optional(),
      filter: Filter.optional(),
      change: Wish,
    }),
    output: z.strictObject({ bulk: Id, job: z.string(), total: z.int() }),
    refusals: {
      nothing_chosen: refusal({
        ko: '바꿀 상담이 없습니다. 상담을 고르거나 조건을 바꿔 주세요.',
        en: 'There is no ticket to change. Select some, or change the filter.',
      }),
      too_many: refusal(
        {
          ko: '한 번에 {most}건까지 바꿀 수 있습니다. 조건을 좁혀 주세요.',
          en: 'At most {most} tickets can be changed at once. Narrow the filter.',
        },
        { most: z.int() },
      ),
      assignee_unknown: refusal({
        ko: '그 담당자를 찾을 수 없습니다. 담당자를 다시 골라 주세요.',
        en: 'There is no such person. Choose another one.',
      }),
      past: refusal({ ko: '지난 시각입니다. 앞으로의 시각을 골라 주세요.', en: 'That time has passed.' }),
    },
    example: (known) => ({ ids: [known.ticketId], change: { addTags: ['일괄'] } }),
  }),
  /** How far a change of many is, and the line of each ticket. */
  bulk: query({
    title: { ko: '일괄 변경 결과', en: 'Result of a change of many' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, ...pagingBy('int') }),
    output: z.strictObject({
      state: z.enum(BULK_STATES),
      total: z.int(),
      counts: z.record(z.enum(OUTCOMES), z.int()),
      items: z.array(
        z.strictObject({
          ticket: Id,
          number: z.int(),
          outcome: z.enum(OUTCOMES).nullable(),
          /** Code of what was refused. */
          why: z.string().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
    example: (known) => ({ id: known.bulkId }),
  }),
  /** What is done stays; the rest is left as it is. */
  cancelBulk: command({
    title: { ko: '일괄 변경 멈추기', en: 'Stop a change of many' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ state: z.enum(BULK_STATES) }),
    example: (known) => ({ id: known.bulkId }),
  }),
  /** Takes all lines back that nobody has changed anew since then. */
  undoBulk: command({
    title: { ko: '일괄 변경 되돌리기', en: 'Take a change of many back' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ job: z.string() }),
    refusals: {
      still_running: refusal({
        ko: '아직 바꾸는 중이거나 이미 되돌렸습니다. 끝난 뒤 다시 해 주세요.',
        en: 'It still runs, or was taken back already. Wait until it has ended.',
      }),
    },
    example: (known) => ({ id: known.doneBulkId }),
  }),
  /** The next lines of a change of many, as its requester wished; used by its job. */
  stepBulk: command({
    title: { ko: '일괄 변경 진행', en: 'Do the next of a change of many' },
    may: 'tickets.clock',
    input: z.strictObject({ id: Id, undo: z.boolean() }),
    output: z.strictObject({ left: z.int(), done: z.int() }),
    example: (known) => ({ id: known.bulkId, undo: false }),
  }),
  /** Who changed what, newest first. */
  history: query({
    title: { ko: '상담 변경 이력', en: 'History of a ticket' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, ...pagingBy('int') }),
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          version: z.int(),
          event: z.string(),
          by: z.string(),
          at: Instant,
          changes: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
          /** Part of a change of many. */
          bulk: Id.nullable(),
          undone: z.boolean(),
        }),
      ),
      next: z.string().nullable(),
    }),
    scoped: true,
    example: (known) => ({ id: known.ticketId }),
  }),
};
