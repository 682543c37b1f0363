import type { Allocation } from './allocation.ts';
import type { Benefit, Group, Line, Order, Parcel, Tender } from './order.ts';

/**
 * How an order stands in `order.imported`: what is as usual is left out, since there are millions; personal data stands
 * apart, so that it can be erased without touching the facts.
 */
export type PackedOrder = { order: Record<string, unknown>; allocation: Allocation };
export type Personal = Pick<Order, 'orderer' | 'receiver' | 'customer'> & { customsCode: string | null };

const ORDER: Partial<Order> = {
  authority: 'MALL',
  paidAt: null,
  confirmedAt: null,
  giftOrder: false,
  subscription: null,
  customs: null,
  rawStatus: null,
  memo: null,
  shiplessOf: null,
  benefits: [],
  parcels: [],
};
const GROUP: Partial<Group> = {
  feeKind: 'CONDITIONAL',
  n: 1,
  by: 'AMOUNT',
  steps: [],
  paid: 0,
  remotePaid: 0,
  remoteReturn: 0,
  removalFee: 0,
  installFee: 0,
  origin: null,
  returnAddress: null,
};
const LINE: Partial<Line> = {
  qty: 1,
  taxKind: 'TAXABLE',
  inventoryType: 'CONSIGN',
  partner: null,
  returnability: 'NORMAL',
  noticeProof: false,
  noticeProofId: null,
  optionText: null,
  supplyCost: null,
  productNo: null,
  rawStatus: null,
  bundleId: null,
  giftOf: null,
  product: null,
};
const BENEFIT: Partial<Benefit> = {
  tender: null,
  minPurchase: 0,
  funder: {},
  restoreRule: null,
  name: null,
  couponId: null,
  expiresAt: null,
};
const TENDER: Partial<Tender> = {
  partialCancel: 'YES',
  refundLimitAt: null,
  name: null,
  expiresAt: null,
  taxFree: 0,
  escrow: false,
  instalments: null,
  cashReceiptId: null,
  pgKey: null,
};
const PARCEL: Partial<Parcel> = {
  carrier: null,
  trackingNo: null,
  preparedAt: null,
  waybillAt: null,
  shippedAt: null,
  deliveredAt: null,
};
const PARTS = { groups: GROUP, lines: LINE, benefits: BENEFIT, tenders: TENDER, parcels: PARCEL } as const;

function strip(value: object, usual: object): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value))
    if (field !== undefined && JSON.stringify(field) !== JSON.stringify((usual as Record<string, unknown>)[name]))
      left[name] = field;
  return left;
}

export function packOrder(order: Order, allocation: Allocation): { packed: PackedOrder; personal: Personal } {
  const { orderer, receiver, customer, customs, ...facts } = order;
  const parts = Object.fromEntries(
    Object.entries(PARTS).map(([name, usual]) => [
      name,
      (order[name as keyof typeof PARTS] as object[]).map((row) => strip(row, usual)),
    ]),
  );
  const packed = strip({ ...facts, ...parts, customs: customs && { ...customs, code: null } }, ORDER);
  return {
    packed: { order: packed, allocation },
    personal: { orderer, receiver, customer, customsCode: customs?.code ?? null },
  };
}

/** The order of `order.imported`; `personal` null: erased. */
export function unpackOrder(packed: PackedOrder, personal: Personal | null): { order: Order; allocation: Allocation } {
  const facts = { ...ORDER, ...packed.order } as Order;
  const parts = Object.fromEntries(
    Object.entries(PARTS).map(([name, usual]) => [
      name,
      (facts[name as keyof typeof PARTS] as object[]).map((row) => ({ ...usual, ...row })),
    ]),
  );
  const { customs } = facts;
  return {
    order: {
      ...facts,
      ...parts,
      customs: customs && { ...customs, code: personal?.customsCode ?? null },
      orderer: personal?.orderer ?? null,
      receiver: personal?.receiver ?? null,
      customer: personal?.customer ?? '',
    },
    allocation: packed.allocation,
  };
}
