import { z } from 'zod';
import { INVENTORY_TYPES } from '#catalogue/contract.ts';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { contract, query, ROLES } from '#platform/operation.ts';
import { period } from '#platform/period.ts';
import { Day, Id, Instant, Krw, page, pii, text } from '#platform/values.ts';
import { changeOperations, changePermissions } from './contract/changes.ts';
import { deliveryOperations, deliveryPermissions } from './contract/delivery.ts';
import { importOperations, importPermissions } from './contract/import.ts';
import { logOperations, logPermissions } from './contract/log.ts';
import { STEP_KINDS } from './rules/delivery/steps.ts';

/** Stage of an order or a piece (claims.md 2.1). An order is as far as its least advanced piece. */
export const STAGES = [
  'UNPAID',
  'PAID',
  'PREPARING',
  'SHIPPED',
  'DELIVERED',
  'CONFIRMED',
  'CANCELLED',
  'RETURNED',
] as const;
/** A piece may also be out of the order in other ways. */
export const UNIT_STAGES = [...STAGES, 'SWAPPED', 'LOST_CLOSED', 'KEPT_REFUNDED'] as const;
export const BENEFIT_KINDS = [
  'PRODUCT',
  'BUNDLE',
  'PRODUCT_COUPON',
  'ORDER_COUPON',
  'TENDER_INSTANT',
  'SHIP_COUPON',
  'FORCED',
  'TENDER_BILLED',
] as const;
export const TENDER_KINDS = [
  'CARD',
  'EASYPAY',
  'TRANSFER',
  'VBANK',
  'MOBILE',
  'POINT',
  'DEPOSIT',
  'GIFTCARD',
  'CASH',
  'MALL',
] as const;
export const PARCEL_STATES = [
  'PLANNED',
  'PACKED',
  'SHIPPED',
  'DELIVERED',
  'LOST',
  'DAMAGED',
  'REFUSED',
  'RETURNED_TO_SENDER',
] as const;

export const OrderRow = z.strictObject({
  id: Id,
  mall: MallId,
  mallOrderNo: z.string(),
  orderedAt: Instant,
  /** Who ordered; null for a partner, whom it does not concern. */
  customer: z.strictObject({ id: Id.nullable(), name: pii('name').nullable() }),
  receiverName: pii('name'),
  /** For a partner: of its own lines. */
  stage: z.enum(STAGES),
  /** In won; null for a partner, who sees only its own lines. */
  total: Krw.nullable(),
  summary: z.string(),
});

const Units = z.strictObject({ line: z.string(), unitNos: z.array(z.int()) });

/**
 * An order as in api.md, amounts in won. A partner gets its own lines and parcels, no money
 * beyond them, and of people only the recipient as far as delivery needs it.
 */
export const Order = OrderRow.extend({
  authority: z.enum(['SELF', 'MALL']),
  paidAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  orderer: z
    .strictObject({ name: pii('name'), phone: pii('phone').nullable(), email: pii('email').nullable() })
    .nullable(),
  receiver: z.strictObject({
    name: pii('name'),
    phone: pii('phone').nullable(),
    phone2: pii('phone').nullable(),
    postcode: z.string().nullable(),
    address: pii('address').nullable(),
    memo: z.string().nullable(),
    /** Whether orderer and recipient are the same person as far as name and phone say; null for a partner. */
    same: z.boolean().nullable(),
  }),
  giftOrder: z.boolean(),
  subscription: z.strictObject({ id: z.string(), round: z.int().nullable() }).nullable(),
  customs: z
    .strictObject({ code: pii('text').nullable(), duties: Krw.nullable(), returnCost: Krw.nullable() })
    .nullable(),
  /** The mall's word for the whole order, and what it says of it. */
  rawStatus: z.string().nullable(),
  memo: z.string().nullable(),
  /** 지정일, and why nothing may leave (출고보류); null when neither. */
  desiredOn: Day.nullable(),
  /** 출고보류. `broken`: parcels that got a waybill or left although nothing was to leave. */
  hold: z.strictObject({ reason: z.string().nullable(), at: Instant, broken: z.array(z.string()) }).nullable(),
  groups: z.array(
    z.strictObject({
      id: z.string(),
      feeKind: z.enum(['CONDITIONAL', 'PER_QTY', 'TIERED', 'COD']),
      baseFee: Krw,
      freeThreshold: Krw.nullable(),
      paid: Krw,
      remotePaid: Krw,
      returnFee: Krw.nullable(),
      remoteReturn: Krw.nullable(),
      exchangeFee: Krw.nullable(),
      /** PER_QTY: one fee for so many pieces. TIERED: steps by quantity or amount. */
      n: z.int(),
      by: z.enum(['QTY', 'AMOUNT']),
      steps: z.array(z.strictObject({ from: z.int(), fee: Krw })),
      removalFee: Krw,
      installFee: Krw,
    }),
  ),
  lines: z.array(
    z.strictObject({
      id: z.string(),
      group: z.string(),
      product: Id.nullable(),
      sku: z.string(),
      name: z.string(),
      optionText: z.string().nullable(),
      listPrice: Krw,
      qty: z.int(),
      taxKind: z.string(),
      inventoryType: z.enum(INVENTORY_TYPES),
      partner: z.strictObject({ id: Id, name: z.string() }).nullable(),
      returnability: z.string(),
      /** The mall's own word, and the stage it says; null when we do not know the word. */
      rawStatus: z.string().nullable(),
      rawStage: z.enum(UNIT_STAGES).nullable(),
      noticeProof: z.boolean(),
      productNo: z.string().nullable(),
      bundleId: z.string().nullable(),
      giftOf: z.string().nullable(),
    }),
  ),
  /** Each piece with its stage, and what it cost after all discounts: `net` is null where `total` is. */
  units: z.array(
    z.strictObject({
      line: z.string(),
      unitNo: z.int(),
      stage: z.enum(UNIT_STAGES),
      parcel: z.string().nullable(),
      net: Krw.nullable(),
    }),
  ),
  /** How discounts and payments were shared over the pieces when the order came in (M2, M3); null where `total` is. */
  allocation: z
    .strictObject({
      units: z.array(
        z.strictObject({
          line: z.string(),
          unitNo: z.int(),
          net: Krw,
          benefits: z.record(z.string(), Krw),
          tenders: z.record(z.string(), Krw),
        }),
      ),
      shipping: z.array(z.strictObject({ group: z.string(), amount: Krw, tenders: z.record(z.string(), Krw) })),
    })
    .nullable(),
  benefits: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(BENEFIT_KINDS),
      name: z.string(),
      amount: Krw,
      lines: z.array(z.string()),
      tender: z.string().nullable(),
      minPurchase: Krw,
      /** Who bears it, in percent. */
      funder: z.record(z.string(), z.number()),
      /** The pieces it is for, when it is not for whole lines. */
      units: z.array(Units).nullable(),
      restoreRule: z.string().nullable(),
      expiresAt: Instant.nullable(),
    }),
  ),
  tenders: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(TENDER_KINDS),
      name: z.string(),
      amount: Krw,
      partialCancel: z.enum(['YES', 'FULL_ONLY', 'NO']),
      instalments: z.int().nullable(),
      taxFree: Krw,
      escrow: z.boolean(),
      cashReceiptId: z.string().nullable(),
      expiresAt: Instant.nullable(),
      refundLimitAt: Instant.nullable(),
    }),
  ),
  parcels: z.array(
    z.strictObject({
      id: z.string(),
      group: z.string(),
      purpose: z.enum(['ORDER', 'REDELIVERY', 'SEND_BACK']),
      units: z.array(Units),
      carrier: z.string().nullable(),
      trackingNo: z.string().nullable(),
      state: z.enum(PARCEL_STATES),
      preparedAt: Instant.nullable(),
      waybillAt: Instant.nullable(),
      shippedAt: Instant.nullable(),
      deliveredAt: Instant.nullable(),
      steps: z.array(
        z.strictObject({ at: Instant, kind: z.enum(STEP_KINDS), place: z.string(), note: z.string().nullable() }),
      ),
    }),
  ),
  /** Empty until the claim engine files claims. */
  claims: z.array(z.never()),
  version: z.int(),
});

const filters = { mall: MallId.optional(), stage: z.enum(STAGES).optional(), customer: Id.optional(), ...period };

export const orders = contract('orders', {
  title: { ko: '주문', en: 'Orders' },
  permissions: {
    'orders.read': { title: { ko: '주문 조회', en: 'See orders' }, roles: ROLES },
    ...deliveryPermissions,
    ...changePermissions,
    ...importPermissions,
    ...logPermissions,
  },
  operations: {
    ...deliveryOperations,
    ...changeOperations,
    ...importOperations,
    ...logOperations,
    list: query({
      title: { ko: '주문 목록', en: 'Orders' },
      may: 'orders.read',
      input: z.strictObject({ ...filters, ...pagingBy('time', 'id') }),
      output: page(OrderRow),
      example: () => ({ limit: 20 }),
    }),
    search: query({
      title: { ko: '주문 찾기', en: 'Find orders' },
      may: 'orders.read',
      /**
       * `q`: order or tracking number or a part of it, name or initial consonants of orderer or recipient, phone
       * digits, product. Four digits: endings of phones first, then endings of numbers, then inside.
       */
      input: z.strictObject({
        q: text(100).optional(),
        orderNo: text(100).optional(),
        phone: text(30).optional(),
        trackingNo: text(60).optional(),
        ...filters,
        ...pagingBy('int', 'time', 'id'),
      }),
      output: page(OrderRow),
      example: () => ({ q: '1234' }),
    }),
    get: query({
      title: { ko: '주문', en: 'Order' },
      may: 'orders.read',
      input: z
        .strictObject({ id: Id.optional(), mall: MallId.optional(), mallOrderNo: text(100).optional() })
        .refine((i) => i.id || (i.mall && i.mallOrderNo), { error: 'id, or mall and mallOrderNo', path: ['id'] }),
      output: Order,
      scoped: true,
      example: (known) => ({ id: known.orderId }),
    }),
  },
});
