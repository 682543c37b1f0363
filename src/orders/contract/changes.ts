import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Day, Id, Instant, Krw, page, pii, text } from '#platform/values.ts';
import { CHANGE_STATES } from '../rules/change-state.ts';
import { CHANGE_KINDS } from '../rules/change-wish.ts';
import { answerRefusals, changeRefusals } from './change-refusals.ts';

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const LineId = text(60);

/** What is wanted. Of a recipient, what is left out stays; another address takes its own postcode with it. */
const Wish = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('RECIPIENT'),
    name: text(60).optional(),
    phone: text(30).optional(),
    phone2: text(30).optional(),
    postcode: text(10).optional(),
    address: text(300).optional(),
    /** The company bears the extra fee of a remote address (도서산간). */
    waiveRemoteFee: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('NOTE'), memo: text(300).nullable() }),
  z.strictObject({ kind: z.literal('OPTION'), line: LineId, product: Id }),
  z.strictObject({ kind: z.literal('QUANTITY'), line: LineId, qty: z.int().min(0).max(10_000) }),
  z.strictObject({ kind: z.literal('DATE'), on: Day.nullable() }),
  z.strictObject({ kind: z.literal('HOLD'), reason: text(200) }),
  z.strictObject({ kind: z.literal('RELEASE') }),
]);

const told = z.string().nullable().optional();
/** Only what differs. `held`: the reason of the hold. */
const Told = z.strictObject({
  name: pii('name').nullable().optional(),
  phone: pii('phone').nullable().optional(),
  phone2: pii('phone').nullable().optional(),
  postcode: told,
  address: pii('address').nullable().optional(),
  memo: told,
  ...{ optionText: told, sku: told, product: told, on: told, held: told },
});

/** Whose yes is needed: `warehouse`, or a partner by its id. */
const Need = z.strictObject({ who: z.string(), name: z.string() });

const Effect = z.strictObject({
  before: Told,
  after: Told,
  needs: z.array(Need),
  /** Cut-off of whoever packs it; null while nothing makes it leave. */
  deadlineAt: Instant.nullable(),
  /** Packing has begun, or the cut-off has passed. */
  late: z.boolean(),
  /** Won that the customer pays or gets: a change never moves money, what would is refused. */
  moneyKrw: Krw,
});

export const OrderChange = z.strictObject({
  id: Id,
  order: Id,
  kind: z.enum(CHANGE_KINDS),
  state: z.enum(CHANGE_STATES),
  line: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  before: Told,
  after: Told,
  needs: z.array(
    Need.extend({
      /** Null: not answered yet. */
      yes: z.boolean().nullable(),
      by: z.string().nullable(),
      byPhone: z.boolean(),
      note: z.string().nullable(),
      at: Instant.nullable(),
    }),
  ),
  /** Who wanted it. */
  wisher: z.enum(['customer', 'company']),
  reason: z.string().nullable(),
  remoteFeeWaived: z.boolean(),
  deadlineAt: Instant.nullable(),
  askedBy: z.string(),
  askedAt: Instant,
  settledAt: Instant.nullable(),
  settledBy: z.string().nullable(),
});

const order_moved = refusal(
  {
    ko: '그사이 주문이 바뀌었습니다. 지금 내용을 보고 다시 눌러 주세요.',
    en: 'The order changed meanwhile. Look at it as it is now and try again.',
  },
  { version: z.int() },
);
const identity_unconfirmed = refusal({
  ko: '받는 분과 배송지는 본인확인을 한 뒤에 바꿀 수 있습니다. 두 가지를 여쭙고 확인해 주세요.',
  en: 'Recipient and address may change once you have checked who speaks. Ask for two facts.',
});
export const changePermissions = {
  'orders.change': { title: { ko: '주문 변경', en: 'Change orders before dispatch' }, roles: DESK },
  'orders.answerChange': {
    title: { ko: '주문 변경에 답하기', en: 'Answer changes of orders' },
    roles: ['partner', 'logistics', 'md', ...DESK],
  },
  'orders.settleChanges': {
    title: { ko: '늦은 주문 변경 정리', en: 'Settle late changes' },
    roles: ['admin'],
  },
} as const;

export const changeOperations = {
  /** What may be changed of an order now: until when, whose yes it takes, and the options of each line. */
  changeTerms: query({
    title: { ko: '주문 변경 조건', en: 'What may be changed' },
    may: 'orders.change' as const,
    input: z.strictObject({ order: Id }),
    output: z.strictObject({
      version: z.int(),
      /** Why nothing may be changed; null when something may. */
      refused: z.enum(['at_mall', 'over', 'already_left']).nullable(),
      deadlineAt: Instant.nullable(),
      late: z.boolean(),
      needs: z.array(Need),
      held: z.string().nullable(),
      desiredOn: Day.nullable(),
      lines: z.array(
        z.strictObject({
          line: z.string(),
          name: z.string(),
          optionText: z.string().nullable(),
          qty: z.int(),
          options: z.array(
            z.strictObject({
              product: Id,
              optionText: z.string().nullable(),
              priceKrw: Krw,
              free: z.int().nullable(),
            }),
          ),
        }),
      ),
    }),
    scoped: true,
    example: (known) => ({ order: known.changeableOrderId }),
  }),
  previewChange: query({
    title: { ko: '주문 변경 미리보기', en: 'Preview a change' },
    may: 'orders.change' as const,
    input: z.strictObject({ order: Id, wish: Wish }),
    output: Effect,
    refusals: changeRefusals,
    scoped: true,
    example: (known) => ({
      order: known.changeableOrderId,
      wish: { kind: 'NOTE' as const, memo: '부재 시 경비실에 맡겨 주세요' },
    }),
  }),
  /**
   * Done at once when nobody else has to say yes, else asked of those who must. `version`: of the order, as it was seen.
   * What a customer wishes of recipient or address takes the caller's identity check (`customers.confirmIdentity`).
   */
  change: command({
    title: { ko: '주문 변경', en: 'Change an order' },
    may: 'orders.change' as const,
    input: z.strictObject({
      order: Id,
      version: z.int().positive().max(2_000_000_000).optional(),
      wish: Wish,
      wisher: z.enum(['customer', 'company']),
      reason: text(300).optional(),
    }),
    output: z.strictObject({ id: Id, state: z.enum(CHANGE_STATES), needs: z.array(Need), version: z.int() }),
    refusals: { ...changeRefusals, order_moved, identity_unconfirmed },
    refreshes: ['orders', 'requests'],
    scoped: true,
    example: (known) => ({
      order: known.changeableOrderId,
      wish: { kind: 'NOTE' as const, memo: '부재 시 경비실에 맡겨 주세요' },
      wisher: 'customer' as const,
    }),
  }),
  /** Yes or no of a partner or the warehouse; from the desk what they said on the phone. The last yes does the change. */
  answerChange: command({
    title: { ko: '주문 변경에 답하기', en: 'Answer a change' },
    may: 'orders.answerChange' as const,
    input: z.strictObject({
      change: Id,
      /** For whom, `warehouse` or a partner; needed only where several are asked. */
      who: text(60).optional(),
      yes: z.boolean(),
      note: text(500).optional(),
    }),
    output: z.strictObject({ state: z.enum(CHANGE_STATES) }),
    refusals: answerRefusals,
    refreshes: ['orders', 'requests'],
    scoped: true,
    example: (known) => ({ change: known.changeId, yes: true }),
  }),
  withdrawChange: command({
    title: { ko: '주문 변경 거두기', en: 'Withdraw a change' },
    may: 'orders.change' as const,
    input: z.strictObject({ change: Id }),
    output: z.strictObject({ state: z.enum(CHANGE_STATES) }),
    refusals: { settled: answerRefusals.settled },
    refreshes: ['orders', 'requests'],
    scoped: true,
    example: (known) => ({ change: known.closingChangeId }),
  }),
  /** Refuses changes that still wait for a yes when their goods have left; at most 200 a run. */
  settleLateChanges: command({
    title: { ko: '늦은 주문 변경 정리', en: 'Settle late changes' },
    may: 'orders.settleChanges' as const,
    input: z.strictObject({}),
    output: z.strictObject({ settled: z.int() }),
    refreshes: ['orders', 'requests'],
    example: () => ({}),
  }),
  /** Newest first; a partner sees those that ask it. */
  listChanges: query({
    title: { ko: '주문 변경 내역', en: 'Changes of an order' },
    may: 'orders.read' as const,
    input: z.strictObject({ order: Id }),
    output: page(OrderChange),
    scoped: true,
    example: (known) => ({ order: known.changeableOrderId }),
  }),
};
