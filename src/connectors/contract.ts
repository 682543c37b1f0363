import { z } from 'zod';
import { command, contract, query, type Role } from '#platform/operation.ts';
import { Id, Instant, text } from '#platform/values.ts';
import { SOURCE_STATES } from './rules/source.ts';

/** Everybody but partners: their parcels' state is enough for them. */
const STAFF: readonly Role[] = [
  ...(['agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'planner', 'md', 'logistics', 'admin'] as const),
];

const Source = z.strictObject({
  /** `tracker`, or `tracker.kr.hanjin`: the carrier's own pages behind it. */
  id: z.string(),
  kind: z.enum(['tracker', 'carrier']),
  carrier: z.string().nullable(),
  host: z.string().nullable(),
  state: z.enum(SOURCE_STATES),
  since: Instant.nullable(),
  /** Code of what went wrong. */
  why: z.string().nullable(),
  detail: z.string().nullable(),
  lastOkAt: Instant.nullable(),
  /** When it is asked again by itself. */
  resumeAt: Instant.nullable(),
  /** Parcels that it is asked about, and how many of them wait already. */
  parcels: z.int(),
  waiting: z.int(),
});

export const connectors = contract('connectors', {
  title: { ko: '연결', en: 'Connections' },
  permissions: {
    'connectors.read': { title: { ko: '외부 연결 조회', en: 'See connections' }, roles: STAFF },
    'connectors.check': { title: { ko: '배송 지금 확인', en: 'Check a parcel now' }, roles: STAFF },
  },
  operations: {
    listSources: query({
      title: { ko: '연결 상태', en: 'Connections' },
      may: 'connectors.read',
      input: z.strictObject({}),
      output: z.strictObject({ items: z.array(Source) }),
      example: () => ({}),
    }),
    checkParcel: command({
      title: { ko: '배송 지금 확인', en: 'Check a parcel now' },
      may: 'connectors.check',
      input: z.strictObject({ order: Id, parcel: text(60) }),
      /**
       * `asked`: the answer is there in a moment. `too_soon`: it was asked for in the last minute. `waiting`: the tracker
       * is in trouble, and is asked at `at` by itself. `unknown`: no parcel on its way that the tracker knows of.
       */
      output: z.strictObject({
        result: z.enum(['asked', 'too_soon', 'waiting', 'off', 'unknown']),
        at: Instant.nullable(),
      }),
      scoped: true,
      example: (known) => ({ order: known.orderId, parcel: 'p1' }),
    }),
  },
});
