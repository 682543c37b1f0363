import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, query } from '#platform/operation.ts';
import { Id, Instant, InstantIn, page, pii, text } from '#platform/values.ts';
import { DOTS } from '../rules/delivery/line.ts';
import { TRACK_STATUSES } from '../rules/delivery/steps.ts';
import { STUCK_KINDS } from '../rules/delivery/stuck.ts';

const Dot = z.strictObject({
  kind: z.enum(DOTS),
  at: Instant.nullable(),
  place: z.string().nullable(),
  state: z.enum(['done', 'now', 'wrong', 'ahead']),
});
/** What the parcel is measured by: `n` parcels of the last eight weeks; see rules/delivery/transit.ts. */
const Basis = z.strictObject({
  level: z.enum(['weekday', 'region', 'carrier']),
  n: z.int(),
  p50Hours: z.int(),
  p95Hours: z.int(),
  thin: z.int().nullable(),
});

/** A parcel that has not arrived, as lists show it. */
const Delivery = z.strictObject({
  order: Id,
  parcel: z.string(),
  mall: MallId,
  mallOrderNo: z.string(),
  summary: z.string(),
  receiverName: pii('name'),
  customer: Id.nullable(),
  partners: z.array(z.strictObject({ id: Id, name: z.string() })),
  carrier: z.string(),
  trackingNo: z.string(),
  region: z.string(),
  /** KST weekday of its first scan, 0 Sunday. */
  weekday: z.int().nullable(),
  line: z.array(Dot),
  last: z.strictObject({ kind: z.string(), at: Instant, place: z.string() }).nullable(),
  /** 95 of 100 like it have arrived by then; null before the first scan, or when too few are known. */
  expectedBy: Instant.nullable(),
  basis: Basis.nullable(),
  /** Null as long as all is as it should be. */
  stuck: z.strictObject({ kind: z.enum(STUCK_KINDS), since: Instant }).nullable(),
  /** When the tracker last told of it; null: never asked. */
  checkedAt: Instant.nullable(),
  /** The carrier does not know the number. */
  problem: z.enum(['not_found']).nullable(),
});

/** A parcel of one order, arrived or not. */
const OrderDelivery = Delivery.omit({ mall: true, mallOrderNo: true, summary: true, receiverName: true }).extend({
  carrier: z.string().nullable(),
  trackingNo: z.string().nullable(),
  /** The carrier's own page for the parcel. */
  page: z.url().nullable(),
  deliveredAt: Instant.nullable(),
  /** Hours on the way of one that has arrived. */
  tookHours: z.int().nullable(),
});

const KIND = { kind: z.enum(STUCK_KINDS).optional() };
const filters = {
  mall: MallId.optional(),
  carrier: text(40).optional(),
  partner: Id.optional(),
  /** Only those that have been stuck for so many days. */
  olderDays: z.int().min(0).max(60).optional(),
};
const Count = z.strictObject({ id: z.string(), parcels: z.int() });

const Event = z.strictObject({
  status: z.enum(TRACK_STATUSES),
  at: InstantIn.nullable(),
  place: z.string().max(200).nullable(),
  text: z.string().max(1_000),
});
const example = { at: '2026-11-01T19:00:00+09:00', place: '군포HUB', text: '집화처리' };

/** The part of the orders room about parcels on their way. */
export const deliveryPermissions = {
  'orders.track': { title: { ko: '배송 기록 수신', en: 'Receive tracking' }, roles: ['admin'] },
} as const;

export const deliveryOperations = {
  listDeliveries: query({
    title: { ko: '배송 목록', en: 'Deliveries' },
    may: 'orders.read',
    /** `show`: parcels that are stuck (longest first), or those on their way as they should be (soonest due first). */
    input: z.strictObject({
      show: z.enum(['stuck', 'moving']).default('stuck'),
      ...filters,
      ...KIND,
      ...pagingBy('time', 'id', 'text'),
    }),
    output: page(Delivery),
    example: () => ({ show: 'stuck' as const, limit: 20 }),
  }),
  countDeliveries: query({
    title: { ko: '배송 현황', en: 'Counts of deliveries' },
    may: 'orders.read',
    input: z.strictObject(filters),
    output: z.strictObject({
      stuck: z.array(z.strictObject({ kind: z.enum(STUCK_KINDS), parcels: z.int(), oldest: Instant })),
      moving: z.int(),
      carriers: z.array(Count),
      partners: z.array(z.strictObject({ id: Id, name: z.string(), parcels: z.int() })),
      /** Up to when deliveries went into what is normal; null: nothing counted yet. */
      upTo: Instant.nullable(),
    }),
    example: () => ({}),
  }),
  getDelivery: query({
    title: { ko: '주문의 배송', en: 'Delivery of an order' },
    may: 'orders.read',
    input: z.strictObject({ order: Id }),
    output: z.strictObject({ parcels: z.array(OrderDelivery), upTo: Instant.nullable() }),
    scoped: true,
    example: (known) => ({ order: known.orderId }),
  }),
  recordTracking: command({
    title: { ko: '배송 기록', en: 'Record tracking' },
    may: 'orders.track',
    /**
     * All that a tracker knows of a parcel at `asOf`. The same events again, in any order, change nothing but the age
     * of the data. `problem`: the carrier does not know the number.
     */
    input: z.strictObject({
      order: Id,
      parcel: text(60),
      events: z.array(Event).max(200),
      asOf: InstantIn,
      problem: z.enum(['not_found']).optional(),
    }),
    /** `known` is false, and nothing recorded, when the order has no such parcel any more. */
    output: z.strictObject({
      known: z.boolean(),
      recorded: z.int(),
      shippedAt: Instant.nullable(),
      deliveredAt: Instant.nullable(),
    }),
    scoped: true,
    example: (known) => ({
      order: known.orderId,
      parcel: 'p1',
      events: [{ status: 'AT_PICKUP' as const, ...example }],
      asOf: '2026-11-01T20:00:00+09:00',
    }),
  }),
  confirmTracking: command({
    title: { ko: '배송 기록 확인', en: 'Confirm tracking' },
    may: 'orders.track',
    /** The tracker was asked about these and had nothing new. */
    input: z.strictObject({
      asOf: InstantIn,
      parcels: z
        .array(z.strictObject({ order: Id, parcel: text(60) }))
        .min(1)
        .max(200),
    }),
    output: z.strictObject({ confirmed: z.int() }),
    scoped: true,
    example: (known) => ({
      asOf: '2026-11-01T20:00:00+09:00',
      parcels: [{ order: known.orderId, parcel: 'p1' }],
    }),
  }),
};
