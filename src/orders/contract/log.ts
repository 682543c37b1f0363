import { z } from 'zod';
import { MallVerb } from '#malls/contract.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';

/** What came of something that was done in a mall's own admin. */
const MANUAL_RESULTS = ['DONE', 'WAITING', 'REFUSED'] as const;
const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const IMPORTERS = ['shift_lead', 'manager', 'head', 'planner', 'md', 'logistics', 'admin'] as const;

/** What has happened to an order, newest last. */
const OrderHistory = z.strictObject({
  seq: z.int(),
  type: z.string(),
  at: Instant,
  /** When Haedap learned of it. */
  recordedAt: Instant,
  by: z.string().nullable(),
  parcel: z.string().nullable(),
  /** The mall's words, or what somebody did at the mall. */
  note: z.string().nullable(),
  verb: MallVerb.nullable(),
  result: z.enum(MANUAL_RESULTS).nullable(),
});

export const logPermissions = {
  'orders.import': { title: { ko: '주문 가져오기', en: 'Import orders' }, roles: IMPORTERS },
  'orders.history': {
    title: { ko: '주문 이력 보기', en: 'See the history of orders' },
    roles: [...DESK, 'md', 'logistics', 'planner', 'admin'],
  },
  'orders.manual': {
    title: { ko: '몰에서 한 일 기록', en: 'Record what was done at a mall' },
    roles: [...DESK, 'logistics'],
  },
} as const;

/** What moves an order, and what has moved it. */
export const logOperations = {
  /** Idempotent by (mall, mallOrderNo). A known order takes newer facts only; what is wrong is told by its index. */
  import: command({
    title: { ko: '주문 가져오기', en: 'Import orders' },
    may: 'orders.import' as const,
    input: z.strictObject({
      orders: z
        .array(z.record(z.string(), z.unknown()))
        .min(1)
        .max(500)
        .describe('Orders with the names of `orders.get`: mall, mallOrderNo, orderedAt, customer, groups, lines, …'),
    }),
    output: z.strictObject({
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      rejected: z.array(z.strictObject({ index: z.int(), code: z.string(), message: z.string() })),
    }),
    refreshes: ['orders', 'customers', 'catalogue'],
    example: (known) => ({ orders: [exampleOrder(known.mall)] }),
  }),
  history: query({
    title: { ko: '주문 이력', en: 'History of an order' },
    may: 'orders.history' as const,
    input: z.strictObject({ id: Id }),
    output: page(OrderHistory),
    scoped: true,
    example: (known) => ({ id: known.orderId }),
  }),
  /** The page of the mall's own admin for something that is done there; who opened it is recorded. */
  openAdmin: command({
    title: { ko: '몰 관리자 열기', en: "Open the mall's admin" },
    may: 'orders.manual' as const,
    input: z.strictObject({ order: Id, verb: MallVerb }),
    output: z.strictObject({ url: z.string().nullable() }),
    refusals: {
      on_hold: refusal(
        {
          ko: '출고보류 중인 주문입니다({reason}). 보류를 푼 뒤에 송장을 등록해 주세요.',
          en: 'The order is on hold ({reason}). Release it before a waybill is registered.',
        },
        { reason: z.string() },
      ),
    },
    refreshes: [],
    scoped: true,
    example: (known) => ({ order: known.orderId, verb: 'return.accept' as const }),
  }),
  /** What somebody did in the mall's own admin: stays on the order and in the audit. */
  recordManualStep: command({
    title: { ko: '몰에서 한 일 기록', en: 'Record what was done at the mall' },
    may: 'orders.manual' as const,
    input: z.strictObject({
      order: Id,
      verb: MallVerb,
      result: z.enum(MANUAL_RESULTS),
      note: text(500),
    }),
    output: z.strictObject({ seq: z.int(), version: z.int() }),
    refreshes: ['orders'],
    scoped: true,
    example: (known) => ({
      order: known.orderId,
      verb: 'return.accept' as const,
      result: 'DONE' as const,
      note: '판매자센터에서 반품 승인',
    }),
  }),
};

/** One line, paid by card. */
function exampleOrder(mall: string) {
  return {
    mall,
    mallOrderNo: '20261101-000001',
    orderedAt: '2026-11-01T10:00:00+09:00',
    paidAt: '2026-11-01T10:00:10+09:00',
    customer: { name: '남궁가온', phone: '010-0000-1000', email: 'gaon@example.com' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: 50_000, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [{ id: 'A', group: 'g1', sku: 'SKU-1', name: '램스울 라운드 니트', listPrice: 29_900, qty: 1 }],
    tenders: [{ id: 't1', kind: 'CARD', amount: 32_900 }],
  };
}
