import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { period } from '#platform/period.ts';
import { Id, Instant, InstantIn, page, text } from '#platform/values.ts';
import { RESULTS } from './rules/results.ts';

export const VocCodeId = z
  .string()
  .regex(/^[A-Z0-9]{1,20}(-[A-Z0-9]{1,20}){0,2}$/)
  .describe('Code of a reason (상담유형), one to three levels: DLV-INFO-ETA');

export const VocCode = z.strictObject({
  code: VocCodeId,
  parent: VocCodeId.nullable(),
  level: z.int(),
  name: z.strictObject({ ko: z.string(), en: z.string() }),
  department: z.string().nullable(),
  attribute: z.string().nullable(),
  /** Answerable without an agent: a candidate for automation. */
  simple: z.boolean(),
  priority: z.string().nullable(),
  definition: z.string().nullable(),
  retiredAt: Instant.nullable(),
});

export const VocRecord = z.strictObject({
  id: Id,
  ticket: Id,
  mall: MallId,
  channel: z.string(),
  customer: Id.nullable(),
  product: Id.nullable(),
  code: VocCodeId,
  attribute: z.string().nullable(),
  department: z.string().nullable(),
  result: z.enum(RESULTS).nullable(),
  urgent: z.boolean(),
  /** The same customer with the same code before, within 90 days. */
  repeat: z.boolean(),
  memo: z.string().nullable(),
  recordedBy: z.strictObject({ id: Id, name: z.string() }).nullable(),
  recordedAt: Instant,
});

export const voc = contract('voc', {
  title: { ko: 'VOC', en: 'Voice of customer' },
  permissions: {
    'voc.read': {
      title: { ko: 'VOC 보기', en: 'See VOC' },
      roles: ['agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'planner', 'md', 'logistics', 'admin'],
    },
    'voc.require': {
      title: { ko: 'VOC 기록 필수 설정', en: 'Ask for VOC records' },
      roles: ['planner', 'manager', 'head', 'admin'],
    },
    'voc.record': {
      title: { ko: 'VOC 기록', en: 'Record VOC' },
      roles: ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'],
    },
  },
  operations: {
    requirements: query({
      title: { ko: 'VOC 기록이 필요한 몰', en: 'Malls that ask for a VOC record' },
      may: 'voc.read',
      input: z.strictObject({}),
      output: z.strictObject({ items: z.array(z.strictObject({ mall: MallId, required: z.boolean() })) }),
      example: () => ({}),
    }),
    require: command({
      title: { ko: 'VOC 기록 필수 설정', en: 'Ask for a VOC record' },
      may: 'voc.require',
      input: z.strictObject({ mall: MallId, required: z.boolean() }),
      output: z.strictObject({ mall: MallId, required: z.boolean() }),
      refusals: {
        mall_unknown: refusal({ ko: '담당하는 몰이 아닙니다.', en: 'This is no mall of yours.' }),
      },
      example: (known) => ({ mall: known.mall, required: false }),
    }),
    recent: query({
      title: { ko: '최근에 쓴 VOC 코드', en: 'Codes used last' },
      may: 'voc.record',
      input: z.strictObject({ limit: z.int().min(1).max(20).default(5) }),
      /** The caller's own, last used first; none that is retired. */
      output: z.strictObject({ items: z.array(VocCodeId) }),
      example: () => ({}),
    }),
    codes: query({
      title: { ko: 'VOC 코드', en: 'VOC codes' },
      may: 'voc.read',
      /** `at`: the codes in force at that time; left out: all, retired ones too. */
      input: z.strictObject({ at: InstantIn.optional() }),
      output: z.strictObject({ items: z.array(VocCode) }),
      example: () => ({}),
    }),
    listRecords: query({
      title: { ko: 'VOC 기록 목록', en: 'VOC records' },
      may: 'voc.read',
      input: z.strictObject({
        /** A code of any level: those below it count too. */
        code: VocCodeId.optional(),
        mall: MallId.optional(),
        ticket: Id.optional(),
        customer: Id.optional(),
        urgent: z.boolean().optional(),
        ...period,
        ...pagingBy('time', 'id'),
      }),
      output: page(VocRecord),
      example: () => ({ limit: 20 }),
    }),
    record: command({
      title: { ko: 'VOC 기록', en: 'Record VOC' },
      may: 'voc.record',
      input: z.strictObject({
        ticket: Id,
        code: VocCodeId,
        attribute: text(40).optional(),
        urgent: z.boolean().optional(),
        result: z.enum(RESULTS).optional(),
        department: text(40).optional(),
        product: Id.optional(),
        memo: text(2000).optional(),
      }),
      output: z.strictObject({ id: Id, repeat: z.boolean() }),
      refusals: {
        code_unknown: refusal({
          ko: '없는 VOC 코드입니다. 목록에서 골라 주세요.',
          en: 'There is no such code. Choose one from the list.',
        }),
        code_not_last: refusal({ ko: '마지막 단계 코드까지 골라 주세요.', en: 'Choose a code of the last level.' }),
        code_retired: refusal({
          ko: '더 쓰지 않는 코드입니다. 다른 코드를 골라 주세요.',
          en: 'This code is retired. Choose another one.',
        }),
        product_unknown: refusal({ ko: '없는 상품입니다. 상품을 다시 골라 주세요.', en: 'There is no such product.' }),
      },
      refreshes: ['voc', 'tickets'],
      scoped: true,
      example: (known) => ({ ticket: known.ticketId, code: 'DLV-INFO-ETA', result: 'guided' as const }),
    }),
  },
});
