import { z } from 'zod';
import { WhoContacts } from '#customers/contract.ts';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, InstantIn, page, text } from '#platform/values.ts';
import { deliveryOperations, deliveryPermissions, newer_message, Queued } from './contract/delivery.ts';
import { mergeOperations } from './contract/merge.ts';
import { listFilters, queueOperations } from './contract/queue.ts';
import { ruleOperations, rulePermissions } from './contract/rules.ts';
import { CHANNELS, DESK, onTicket, PRIORITIES, stale, Tags, Ticket, TicketRow, Version } from './contract/shapes.ts';
import { workOperations, workPermissions } from './contract/work.ts';
import { STATUSES } from './rules/status.ts';

/** From here on a count says 'or more'. */
export const COUNTED = 1_000;
const Counted = z.int().min(0).max(COUNTED);

const outside_scope = refusal({
  ko: '담당하지 않는 몰이나 센터의 상담은 만들 수 없습니다.',
  en: 'You may not create tickets of this mall or centre.',
});
/** Later rooms stand before the end of a contact: VOC asks for its record. */
const record_missing = refusal({
  ko: '이 몰의 상담은 상담유형을 기록한 뒤에 완료할 수 있습니다.',
  en: 'Contacts of this mall end with a record of what they were about.',
});
const assignee_unknown = refusal({
  ko: '그 담당자를 찾을 수 없습니다. 담당자를 다시 골라 주세요.',
  en: 'There is no such person. Choose another one.',
});
const customer_unknown = refusal({
  ko: '그 고객을 찾을 수 없습니다. 이름과 연락처로 새로 등록해 주세요.',
  en: 'There is no such customer. Give a name and a phone or e-mail instead.',
});

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
    ...deliveryPermissions,
    ...workPermissions,
    ...rulePermissions,
  },
  operations: {
    ...deliveryOperations,
    ...workOperations,
    ...mergeOperations,
    ...queueOperations,
    ...ruleOperations,
    list: query({
      title: { ko: '상담 목록', en: 'Tickets' },
      may: 'tickets.read',
      input: z.strictObject({
        ...listFilters,
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
      output: z.strictObject({
        ...{ open: Counted, mine: Counted, unassigned: Counted, waiting: Counted },
        ...{ mentioned: Counted, watching: Counted, snoozed: Counted, due: Counted, unsent: Counted },
      }),
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
      output: Queued,
      refusals: { newer_message },
      scoped: true,
      example: (known) => ({ id: known.ticketId, text: '확인하고 오늘 안에 알려 드리겠습니다.' }),
    }),
    note: command({
      title: { ko: '메모', en: 'Add a note' },
      may: 'tickets.work',
      /** `mentions`: colleagues who are called upon; each finds it among their mentions and watches from now. */
      input: z.strictObject({ id: Id, text: text(20_000), mentions: z.array(Id).max(10).optional() }),
      output: Version,
      refusals: {
        mentioned_unknown: refusal({
          ko: '멘션한 사람을 찾을 수 없습니다. 다시 골라 주세요.',
          en: 'There is no such person to mention. Choose again.',
        }),
      },
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
    /** Gives the case to somebody in a centre, as an accepted transfer or a rule says. */
    handOver: command({
      title: { ko: '상담 넘기기', en: 'Hand a ticket over' },
      may: 'tickets.tell',
      input: z.strictObject({ id: Id, centre: text(40), assignee: Id.nullable(), tag: text(40).optional() }),
      output: Version,
      refusals: { assignee_unknown },
      scoped: true,
      example: (known) => ({ id: known.ticketId, centre: 'own', assignee: known.userId }),
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
      refusals: { ...stale, record_missing },
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
  companyWide: {
    rules_changed: 'rules of channels and centres say nothing of a ticket or a customer',
    agent_state_changed: 'who takes contacts now is asked for within scope; the event itself says nothing of a ticket',
  },
});
