import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { contract, query } from '#platform/operation.ts';
import { period } from '#platform/period.ts';
import { Id, Instant, page, pii, text } from '#platform/values.ts';

export const LINES = ['order', 'general'] as const;
export const DIRECTIONS = ['in', 'out'] as const;
export const OUTCOMES = ['ringing', 'answered', 'abandoned', 'transferred', 'no_answer'] as const;

export const CallRow = z.strictObject({
  id: Id,
  mall: MallId,
  /** Order line (주문 상담) and general line (일반 상담) are counted apart. */
  line: z.enum(LINES),
  direction: z.enum(DIRECTIONS),
  outcome: z.enum(OUTCOMES),
  customer: z.strictObject({ id: Id, name: pii('name') }).nullable(),
  phone: pii('phone'),
  agent: Id.nullable(),
  agentName: z.string().nullable(),
  ticket: Id.nullable(),
  offeredAt: Instant,
  waitMs: z.int(),
  talkMs: z.int(),
});
export const Call = CallRow.extend({
  centre: z.string(),
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  holdMs: z.int(),
  afterCallMs: z.int(),
});

export const calls = contract('calls', {
  title: { ko: '통화', en: 'Calls' },
  permissions: {
    'calls.read': {
      title: { ko: '통화 기록 보기', en: 'See calls' },
      roles: ['agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'planner', 'admin'],
    },
  },
  operations: {
    list: query({
      title: { ko: '통화 목록', en: 'Calls' },
      may: 'calls.read',
      input: z.strictObject({
        mall: MallId.optional(),
        line: z.enum(LINES).optional(),
        direction: z.enum(DIRECTIONS).optional(),
        outcome: z.enum(OUTCOMES).optional(),
        agent: Id.optional(),
        customer: Id.optional(),
        /** Four or more digits of the caller's number. */
        q: text(30).optional(),
        ...period,
        ...pagingBy('time', 'id'),
      }),
      output: page(CallRow),
      example: () => ({ limit: 20 }),
    }),
    get: query({
      title: { ko: '통화', en: 'Call' },
      may: 'calls.read',
      input: z.strictObject({ id: Id }),
      output: Call,
      scoped: true,
      example: (known) => ({ id: known.callId }),
    }),
  },
});
