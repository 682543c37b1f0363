import { z } from 'zod';
import { Contact } from '#catalogue/contract.ts';
import { MallId } from '#malls/contract.ts';
import { answerRefusals } from '#orders/contract/change-refusals.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Day, Id, Instant, page, pii, text } from '#platform/values.ts';
import { ASKED_KINDS, FIELDS, KINDS } from './rules/kinds.ts';

const Kind = z.enum(KINDS);
export const STATES = ['open', 'answered', 'withdrawn'] as const;
/** 답할 것 · 내가 물은 것 · 기한 지남 · 진행중 · 답 받음 · 전체 */
export const VIEWS = ['todo', 'asked', 'overdue', 'open', 'answered', 'all'] as const;
const SIDES = ['agent', 'partner', 'md', 'logistics', 'system'] as const;
export const MESSAGE_KINDS = [
  ...(['asked', 'said', 'answered', 'asked_again', 'reopened', 'withdrawn', 'reassigned'] as const),
  ...(['reminded', 'overdue', 'escalated'] as const),
] as const;
const Addressee = Contact.shape.kind;

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;

/** What a question or an answer carries besides its kind; which of them, says the table of kinds. */
const carried = {
  on: Day.optional(),
  qty: z.int().min(0).max(1_000_000).optional(),
  trackingNo: text(60).optional(),
  carrier: text(60).optional(),
  symptom: text(500).optional(),
  note: text(2_000).optional(),
};
const Question = z.strictObject(carried);
const Answer = z.strictObject({ choice: text(40), ...carried });

export const RequestRow = z.strictObject({
  id: Id,
  number: z.int(),
  kind: Kind,
  state: z.enum(STATES),
  mall: MallId,
  order: z.strictObject({ id: Id, mallOrderNo: z.string() }).nullable(),
  ticket: z.strictObject({ id: Id, number: z.int() }).nullable(),
  product: z.strictObject({ id: Id, name: z.string(), option: z.string().nullable() }),
  addressee: z.strictObject({ kind: Addressee, name: z.string() }),
  question: Question,
  answer: Answer.nullable(),
  answeredBy: z.strictObject({ name: z.string(), byPhone: z.boolean() }).nullable(),
  answeredAt: Instant.nullable(),
  askedBy: z.strictObject({ id: Id, name: z.string() }),
  askedAt: Instant,
  timesAsked: z.int(),
  /** In the business hours of whoever answers. */
  dueAt: Instant,
  overdue: z.boolean(),
  remindedAt: Instant.nullable(),
  /** Went to the MD as well when it was overdue. */
  escalated: z.boolean(),
  /** The asker has not looked at the answer yet. */
  unseen: z.boolean(),
  updatedAt: Instant,
  version: z.int(),
});

const ThreadEntry = z.strictObject({
  id: Id,
  kind: z.enum(MESSAGE_KINDS),
  side: z.enum(SIDES),
  author: z.string().nullable(),
  text: z.string().nullable(),
  /** An answer as it was given then, a new due time, to whom it went. */
  answer: Answer.nullable(),
  dueAt: Instant.nullable(),
  to: z.string().nullable(),
  at: Instant,
});

/** Of the order, what the reader's scope holds: a partner sees its own lines and their parcels. */
const OrderAsked = z.strictObject({
  id: Id,
  mallOrderNo: z.string(),
  orderedAt: Instant,
  stage: z.string(),
  lines: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      option: z.string().nullable(),
      sku: z.string(),
      qty: z.int(),
      asked: z.boolean(),
    }),
  ),
  parcels: z.array(
    z.strictObject({
      id: z.string(),
      carrier: z.string().nullable(),
      trackingNo: z.string().nullable(),
      state: z.string(),
      shippedAt: Instant.nullable(),
      deliveredAt: Instant.nullable(),
    }),
  ),
  receiver: z.strictObject({ name: pii('name'), phone: pii('phone').nullable(), address: pii('address').nullable() }),
  /** Something of it is still to be delivered: the partner may see the recipient, see `showRecipient`. */
  toDeliver: z.boolean(),
});

export const Request = RequestRow.extend({
  thread: z.array(ThreadEntry),
  orderAsked: OrderAsked.nullable(),
  escalatedTo: z.string().nullable(),
  createdAt: Instant,
});

const onRequest = { id: Id, version: z.int().positive().max(2_000_000_000).optional() };
const Version = z.strictObject({ version: z.int(), state: z.enum(STATES) });
const stale = {
  stale_version: refusal(
    {
      ko: '그사이 다른 사람이 이 요청을 바꾸었습니다. 새로 고친 뒤 다시 해 주세요.',
      en: 'Somebody changed this request meanwhile. Reload and try again.',
    },
    { version: z.int() },
  ),
};
const not_open = refusal({
  ko: '이미 답했거나 거둔 요청입니다. 다시 열면 할 수 있습니다.',
  en: 'This request is answered or withdrawn. Reopen it first.',
});
const already_open = refusal({ ko: '이미 열려 있는 요청입니다.', en: 'This request is open already.' });
const change_settled = refusal({
  ko: '주문 변경에 대한 답은 다시 열 수 없습니다. 주문에서 변경을 새로 해 주세요.',
  en: 'The answer to a change cannot be reopened. Change the order anew.',
});
const fields = {
  field_missing: refusal(
    { ko: "'{field}' 항목이 빠졌습니다. 채워 주세요.", en: "'{field}' is missing. Please fill it in." },
    { field: z.enum(FIELDS) },
  ),
  field_unknown: refusal(
    { ko: "이 종류에는 '{field}' 항목이 없습니다.", en: "This kind has no '{field}'." },
    { field: z.enum(FIELDS) },
  ),
};
const no_contact = refusal({
  ko: '이 상품에는 그 담당자가 없습니다. 다른 담당자를 골라 주세요.',
  en: 'This product has no such contact. Choose another one.',
});

export const requests = contract('requests', {
  title: { ko: '협력사 요청', en: 'Partner requests' },
  permissions: {
    'requests.read': {
      title: { ko: '협력사 요청 보기', en: 'See partner requests' },
      roles: [...DESK, 'planner', 'md', 'logistics', 'partner', 'admin'],
    },
    'requests.ask': { title: { ko: '협력사 요청 보내기', en: 'Ask partners and MDs' }, roles: [...DESK, 'md'] },
    'requests.answer': {
      title: { ko: '협력사 요청에 답하기', en: 'Answer requests' },
      roles: ['partner', 'md', 'logistics', ...DESK],
    },
    'requests.recipient': {
      title: { ko: '배송할 수령인 보기', en: 'See the recipient of a delivery' },
      roles: ['partner'],
    },
    'requests.watch': { title: { ko: '협력사 요청 기한 점검', en: 'Check due times of requests' }, roles: ['admin'] },
  },
  operations: {
    list: query({
      title: { ko: '협력사 요청 목록', en: 'Partner requests' },
      may: 'requests.read',
      /** `todo`: what the caller's side has to answer. Open ones come due first, others newest first. */
      input: z.strictObject({
        view: z.enum(VIEWS).optional(),
        kind: Kind.optional(),
        mall: MallId.optional(),
        partner: Id.optional(),
        product: Id.optional(),
        order: Id.optional(),
        ticket: Id.optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(RequestRow),
      example: () => ({ view: 'open' as const, limit: 20 }),
    }),
    count: query({
      title: { ko: '협력사 요청 수', en: 'Count requests' },
      may: 'requests.read',
      input: z.strictObject({}),
      /** What the caller has to answer; what the caller asked that is open, overdue, or answered and not yet seen. */
      output: z.strictObject({
        todo: z.int(),
        todoOverdue: z.int(),
        asked: z.int(),
        askedOverdue: z.int(),
        unseen: z.int(),
      }),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '협력사 요청', en: 'Partner request' },
      may: 'requests.read',
      input: z.strictObject({ id: Id }),
      output: Request,
      scoped: true,
      example: (known) => ({ id: known.requestId }),
    }),
    terms: query({
      title: { ko: '물을 담당자와 기한', en: 'Whom to ask and until when' },
      may: 'requests.ask',
      input: z.strictObject({ product: Id, kind: Kind }),
      /** The contacts of the product, first one first, and when each would have to answer a request made now. */
      output: z.strictObject({
        items: z.array(z.strictObject({ kind: Addressee, name: z.string(), openNow: z.boolean(), dueAt: Instant })),
      }),
      scoped: true,
      example: (known) => ({ product: known.productId, kind: 'stock' as const }),
    }),
    ask: command({
      title: { ko: '협력사 요청 보내기', en: 'Ask' },
      may: 'requests.ask',
      input: z
        .strictObject({
          kind: z.enum(ASKED_KINDS),
          product: Id,
          order: Id.optional(),
          /** Lines of the order; those of the product unless told. */
          lines: z.array(text(60)).max(50).optional(),
          ticket: Id.optional(),
          /** Whom; the product's first contact unless told. */
          to: Addressee.optional(),
          question: Question.optional(),
        })
        .refine((i) => i.order || i.ticket, { error: 'order or ticket', path: ['order'] }),
      output: z.strictObject({ id: Id, number: z.int(), addressee: Addressee, dueAt: Instant }),
      refusals: {
        ...fields,
        no_contact,
        not_in_order: refusal({
          ko: '주문에 그 상품이 없습니다. 주문의 상품을 골라 주세요.',
          en: 'The order does not hold this product. Choose one of its items.',
        }),
      },
      scoped: true,
      example: (known) => ({ kind: 'stock' as const, product: known.productId, ticket: known.ticketId }),
    }),
    say: command({
      title: { ko: '요청에 글 남기기', en: 'Write on a request' },
      may: 'requests.answer',
      input: z.strictObject({ id: Id, text: text(2_000) }),
      output: z.strictObject({ messageId: Id }),
      scoped: true,
      example: (known) => ({ id: known.requestId, text: '오후 2시까지 확인해 드리겠습니다.' }),
    }),
    askAgain: command({
      title: { ko: '다시 묻기', en: 'Ask again' },
      may: 'requests.ask',
      input: z.strictObject({ ...onRequest, text: text(2_000).optional() }),
      output: Version,
      refusals: { ...stale, not_open },
      scoped: true,
      example: (known) => ({ id: known.requestId, text: '고객이 기다리고 있습니다.' }),
    }),
    reassign: command({
      title: { ko: '담당자 바꾸기', en: 'Ask another contact' },
      may: 'requests.ask',
      input: z.strictObject({ ...onRequest, to: Addressee, text: text(2_000).optional() }),
      output: Version,
      refusals: {
        ...stale,
        not_open,
        no_contact,
        same_contact: refusal({ ko: '이미 그 담당자에게 가 있습니다.', en: 'It is with this contact already.' }),
      },
      scoped: true,
      example: (known) => ({ id: known.requestId, to: 'md' as const }),
    }),
    see: command({
      title: { ko: '답 확인함', en: 'Seen' },
      may: 'requests.ask',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ seen: z.boolean() }),
      scoped: true,
      example: (known) => ({ id: known.requestId }),
    }),
    answer: command({
      title: { ko: '요청에 답하기', en: 'Answer a request' },
      may: 'requests.answer',
      /** By the desk: what the contact said on the phone, kept as such. */
      input: z.strictObject({ ...onRequest, answer: Answer }),
      output: Version,
      refusals: {
        ...stale,
        ...fields,
        not_open,
        choice_unknown: refusal({ ko: '이 요청에는 없는 답입니다.', en: 'This request has no such answer.' }),
        /** Of a change of an order: its answer is the change's. */
        ...answerRefusals,
      },
      scoped: true,
      example: (known) => ({ id: known.requestId, answer: { choice: 'in_stock' } }),
    }),
    withdraw: command({
      title: { ko: '요청 거두기', en: 'Withdraw a request' },
      may: 'requests.ask',
      input: z.strictObject({ ...onRequest, text: text(2_000).optional() }),
      output: Version,
      refusals: { ...stale, not_open },
      scoped: true,
      example: (known) => ({ id: known.closingRequestId }),
    }),
    reopen: command({
      title: { ko: '요청 다시 열기', en: 'Reopen a request' },
      may: 'requests.ask',
      input: z.strictObject({ ...onRequest, text: text(2_000).optional() }),
      output: Version,
      refusals: { ...stale, already_open, change_settled },
      scoped: true,
      example: (known) => ({ id: known.answeredRequestId, text: '수량도 알려 주세요.' }),
    }),
    showRecipient: command({
      title: { ko: '배송할 수령인 보기', en: 'Show the recipient of a delivery' },
      may: 'requests.recipient',
      input: z.strictObject({ order: Id }),
      /** Plain on purpose, while something of the partner's is still to be delivered; each look is recorded. */
      output: z.strictObject({
        name: z.string(),
        phone: z.string().nullable(),
        phone2: z.string().nullable(),
        postcode: z.string().nullable(),
        address: z.string().nullable(),
        memo: z.string().nullable(),
      }),
      refusals: {
        nothing_to_deliver: refusal({
          ko: '배송할 상품이 남아 있지 않아 수령인 정보를 볼 수 없습니다.',
          en: 'Nothing is left to deliver, so the recipient is not shown.',
        }),
      },
      refreshes: [],
      answerOnce: true,
      scoped: true,
      example: (known) => ({ order: known.undeliveredOrderId }),
    }),
    /** Asks those whose yes a change of an order waits for, and closes what is answered or withdrawn. */
    followChange: command({
      title: { ko: '주문 변경 확인 요청', en: 'Follow a change of an order' },
      may: 'requests.watch',
      input: z.strictObject({ change: Id }),
      output: z.strictObject({ asked: z.int(), closed: z.int() }),
      scoped: true,
      example: (known) => ({ change: known.changeId }),
    }),
    /** Puts the thread of a request on the case that it hangs on. */
    tellCase: command({
      title: { ko: '협력사 대화를 상담에 남김', en: 'Put the thread of a request on its case' },
      may: 'requests.watch',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ told: z.int() }),
      scoped: true,
      example: (known) => ({ id: known.requestId }),
    }),
    checkDue: command({
      title: { ko: '협력사 요청 기한 점검', en: 'Check due times of requests' },
      may: 'requests.watch',
      input: z.strictObject({}),
      /** How many were reminded, found overdue, and went to their MD; at most 500 a run. */
      output: z.strictObject({ reminded: z.int(), overdue: z.int(), escalated: z.int() }),
      example: () => ({}),
    }),
  },
});
