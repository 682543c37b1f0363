import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, text } from '#platform/values.ts';
import { STATUSES } from '../rules/status.ts';
import { PRIORITIES, Version } from './shapes.ts';

const mergeRefusals = {
  no_other: refusal({
    ko: '합칠 상담을 찾을 수 없습니다. 번호를 확인해 주세요.',
    en: 'The ticket to merge into was not found. Check its number.',
  }),
  same_ticket: refusal({
    ko: '이미 같은 상담입니다.',
    en: 'They are one ticket already.',
  }),
  other_customer: refusal({
    ko: '고객이 다른 상담은 합칠 수 없습니다. 한 사람이면 먼저 고객을 합치고, 아니면 연결(L)해 두세요.',
    en: 'Tickets of different customers cannot be merged. If they are one person merge the customers first, else link the tickets (L).',
  }),
};

/** By id, or by the number that people say. */
const Into = { into: Id.optional(), number: z.int().positive().optional() };

export const mergeOperations = {
  /** What merging would make of the other ticket. */
  mergePreview: query({
    title: { ko: '합치기 미리보기', en: 'Preview of a merge' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, ...Into }),
    output: z.strictObject({
      into: z.strictObject({ id: Id, number: z.int(), subject: z.string() }),
      /** Messages that will be shown there, of this ticket and of both. */
      moves: z.int(),
      total: z.int(),
      status: z.enum(STATUSES),
      priority: z.enum(PRIORITIES),
      tags: z.array(z.string()),
      waitingSince: Instant.nullable(),
    }),
    refusals: mergeRefusals,
    scoped: true,
    example: (known) => ({ id: known.mergeTicketId, into: known.mergeIntoId }),
  }),
  /** Merges `id` into another ticket of the same customer: its number leads there, its messages keep where they were said. */
  merge: command({
    title: { ko: '상담 합치기', en: 'Merge tickets' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, ...Into }),
    output: Version,
    refusals: mergeRefusals,
    scoped: true,
    example: (known) => ({ id: known.mergeTicketId, into: known.mergeIntoId }),
  }),
  /** Takes a merge back: `id` is the ticket that was merged. What was done since then stays with the other one. */
  unmerge: command({
    title: { ko: '합치기 되돌리기', en: 'Take a merge back' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: Version,
    refusals: {
      not_merged: refusal({ ko: '합쳐진 상담이 아닙니다.', en: 'This ticket is not merged.' }),
    },
    scoped: true,
    example: (known) => ({ id: known.mergedTicketId }),
  }),
  /** Chosen messages go on as a ticket of their own, linked to this one. */
  split: command({
    title: { ko: '상담 나누기', en: 'Split a ticket' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id, messages: z.array(Id).min(1).max(100), subject: text(200) }),
    output: z.strictObject({ id: Id, number: z.int(), version: z.int() }),
    refusals: {
      no_message: refusal({
        ko: '이 상담에 없는 글이 있습니다. 새로 고친 뒤 다시 골라 주세요.',
        en: 'Some of these messages are not on this ticket. Reload and choose again.',
      }),
      nothing_left: refusal({
        ko: '모든 글을 옮기면 남는 것이 없습니다. 한 건은 남겨 주세요.',
        en: 'Nothing would be left. Leave at least one message.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.splitTicketId, messages: [known.splitMessageId], subject: '환불 문의' }),
  }),
  /** Takes a split back: `id` is the ticket that was split off. What was said on it since comes along. */
  unsplit: command({
    title: { ko: '나누기 되돌리기', en: 'Take a split back' },
    may: 'tickets.work',
    input: z.strictObject({ id: Id }),
    output: Version,
    refusals: {
      not_split: refusal({ ko: '나눈 상담이 아닙니다.', en: 'This ticket was not split off.' }),
    },
    scoped: true,
    example: (known) => ({ id: known.splitOffId }),
  }),
};
