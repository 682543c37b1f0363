import { z } from 'zod';
import { WhoContacts } from '#customers/contract.ts';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, Instant, InstantIn, page, pii, text } from '#platform/values.ts';

export const CHANNELS = ['phone', 'email', 'chat', 'form', 'kakao', 'talktalk', 'sns', 'board', 'manual'] as const;
export type Channel = (typeof CHANNELS)[number];
/** 신규 · 진행중 · 고객 회신 대기 · 보류 · 상담완료 */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
/** What a queue shows: all, not done, mine, nobody's, customers waiting longest first, done. */
export const VIEWS = ['all', 'open', 'mine', 'unassigned', 'waiting', 'solved'] as const;
export const MESSAGE_KINDS = ['inbound', 'outbound', 'note', 'call_note', 'partner', 'event'] as const;

/** From here on a count says 'or more'. */
export const COUNTED = 1_000;
const Counted = z.int().min(0).max(COUNTED);

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const Tag = text(40);
const Tags = z.array(Tag).max(20);

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
  at: Instant,
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
  /** Oldest first; a partner does not see our notes. */
  messages: z.array(TicketMessage),
  version: z.int(),
});

const stale = {
  stale_version: refusal(
    {
      ko: '그사이 다른 사람이 이 상담을 바꾸었습니다. 새로 고친 뒤 다시 해 주세요.',
      en: 'Somebody changed this ticket meanwhile. Reload and try again.',
    },
    { version: z.int() },
  ),
};
const outside_scope = refusal({
  ko: '담당하지 않는 몰이나 센터의 상담은 만들 수 없습니다.',
  en: 'You may not create tickets of this mall or centre.',
});
const assignee_unknown = refusal({
  ko: '그 담당자를 찾을 수 없습니다. 담당자를 다시 골라 주세요.',
  en: 'There is no such person. Choose another one.',
});
const customer_unknown = refusal({
  ko: '그 고객을 찾을 수 없습니다. 이름과 연락처로 새로 등록해 주세요.',
  en: 'There is no such customer. Give a name and a phone or e-mail instead.',
});
const newer_message = refusal(
  {
    ko: '그사이 새 글이 왔습니다. 읽어 보신 뒤 다시 보내 주세요.',
    en: 'A newer message has come in. Read it, then send again.',
  },
  { newest: Id.nullable() },
);

/** `version`: the one that the screen showed; left out, the change is made whatever happened meanwhile. */
const onTicket = { id: Id, version: z.int().positive().max(2_000_000_000).optional() };
const Version = z.strictObject({ version: z.int() });

export const tickets = contract('tickets', {
  title: { ko: '상담', en: 'Tickets' },
  permissions: {
    'tickets.read': {
      title: { ko: '상담 보기', en: 'See tickets' },
      roles: [...DESK, 'planner', 'md', 'logistics', 'partner', 'admin'],
    },
    'tickets.work': { title: { ko: '상담 처리', en: 'Work on tickets' }, roles: DESK },
    'tickets.tell': {
      title: { ko: '협력사 대화를 상담에 남기기', en: 'Put partner talk on tickets' },
      roles: ['admin'],
    },
  },
  operations: {
    list: query({
      title: { ko: '상담 목록', en: 'Tickets' },
      may: 'tickets.read',
      input: z.strictObject({
        view: z.enum(VIEWS).optional(),
        status: z.enum(STATUSES).optional(),
        channel: z.enum(CHANNELS).optional(),
        mall: MallId.optional(),
        assignee: Id.optional(),
        customer: Id.optional(),
        tag: Tag.optional(),
        /** Any part of what stands in the subject or what the customer wrote. */
        q: text(100).optional(),
        /** Newest change first, or who waits longest first. */
        sort: z.enum(['updated', 'waiting']).optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(TicketRow),
      example: () => ({ view: 'open' as const, limit: 50 }),
    }),
    count: query({
      title: { ko: '대기열별 건수', en: 'Counts of the queues' },
      may: 'tickets.read',
      input: z.strictObject({ mall: MallId.optional(), channel: z.enum(CHANNELS).optional() }),
      /** Exact below `COUNTED`; that many or more from there on. */
      output: z.strictObject({ open: Counted, mine: Counted, unassigned: Counted, waiting: Counted }),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '상담', en: 'Ticket' },
      may: 'tickets.read',
      input: z
        .strictObject({ id: Id.optional(), number: z.int().positive().optional() })
        .refine((i) => i.id || i.number, { error: 'id or number', path: ['id'] }),
      output: Ticket,
      scoped: true,
      example: (known) => ({ id: known.ticketId }),
    }),
    create: command({
      title: { ko: '상담 등록', en: 'Create a ticket' },
      may: 'tickets.work',
      input: z.strictObject({
        channel: z.enum(CHANNELS),
        mall: MallId,
        customer: z.union([z.strictObject({ id: Id }), WhoContacts]),
        subject: text(200),
        text: text(20_000),
        tags: Tags.optional(),
        priority: z.enum(PRIORITIES).optional(),
      }),
      output: z.strictObject({ id: Id, number: z.int() }),
      refusals: { outside_scope, customer_unknown },
      refreshes: ['tickets', 'customers'],
      example: (known) => ({
        channel: 'form' as const,
        mall: known.mall,
        customer: { id: known.customerId },
        subject: '배송 예정일 문의',
        text: '주문한 상품이 언제 도착하는지 궁금합니다.',
      }),
    }),
    reply: command({
      title: { ko: '답장', en: 'Reply' },
      may: 'tickets.work',
      /** `basedOn`: id of the newest message that the writer saw. */
      input: z.strictObject({ id: Id, text: text(20_000), basedOn: Id.optional() }),
      /** `queued`: kept and waiting for the channel's connector; the customer has not got it yet. */
      output: z.strictObject({ messageId: Id, delivery: z.enum(['queued']) }),
      refusals: { newer_message },
      scoped: true,
      example: (known) => ({ id: known.ticketId, text: '확인하고 오늘 안에 알려 드리겠습니다.' }),
    }),
    note: command({
      title: { ko: '메모', en: 'Add a note' },
      may: 'tickets.work',
      input: z.strictObject({ id: Id, text: text(20_000) }),
      output: Version,
      scoped: true,
      example: (known) => ({ id: known.ticketId, text: '협력사에 재고 확인을 요청함' }),
    }),
    /** What a partner, an MD or the warehouse was asked and said about the case. An entry that is there already stays. */
    tellThread: command({
      title: { ko: '협력사 대화를 상담에 남김', en: 'Put partner talk on a ticket' },
      may: 'tickets.tell',
      input: z.strictObject({
        id: Id,
        /** With whom; null: with people of ours. */
        partner: Id.nullable(),
        said: z
          .array(z.strictObject({ id: Id, author: text(100).nullable(), text: text(20_000), at: InstantIn }))
          .max(200),
      }),
      output: z.strictObject({ added: z.int() }),
      scoped: true,
      example: (known) => ({ id: known.ticketId, partner: null, said: [] }),
    }),
    assign: command({
      title: { ko: '담당자 배정', en: 'Assign' },
      may: 'tickets.work',
      /** `assignee` null takes the ticket from whoever has it. */
      input: z.strictObject({ ...onTicket, assignee: Id.nullable() }),
      output: Version,
      refusals: { ...stale, assignee_unknown },
      scoped: true,
      example: (known) => ({ id: known.ticketId, assignee: known.userId }),
    }),
    setStatus: command({
      title: { ko: '상태 변경', en: 'Set the status' },
      may: 'tickets.work',
      input: z.strictObject({ ...onTicket, status: z.enum(STATUSES) }),
      output: Version,
      refusals: stale,
      scoped: true,
      example: (known) => ({ id: known.ticketId, status: 'open' as const }),
    }),
    tag: command({
      title: { ko: '태그 변경', en: 'Change tags' },
      may: 'tickets.work',
      input: z.strictObject({ ...onTicket, add: Tags.optional(), remove: Tags.optional() }),
      output: Version,
      refusals: {
        ...stale,
        too_many_tags: refusal({ ko: '태그는 20개까지 붙일 수 있습니다.', en: 'A ticket takes at most 20 tags.' }),
      },
      scoped: true,
      example: (known) => ({ id: known.ticketId, add: ['재확인'] }),
    }),
  },
});
