import type { Stage, UnitRef } from './unit.ts';

/** Integer won. */
export type Won = number;

export type TaxKind = 'TAXABLE' | 'EXEMPT' | 'ZERO';
export const TENDER_KINDS = [
  'POINT',
  'DEPOSIT',
  'GIFTCARD',
  'VBANK',
  'TRANSFER',
  'CASH',
  'MOBILE',
  'EASYPAY',
  'CARD',
  'MALL',
] as const;
export type TenderKind = (typeof TENDER_KINDS)[number];
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
export type BenefitKind = (typeof BENEFIT_KINDS)[number];
export const FEE_KINDS = ['CONDITIONAL', 'PER_QTY', 'TIERED', 'COD'] as const;

/** A shipping group (배송비 묶음). Fees are those notified in the contract document; `freeThreshold` null = never free. */
export type Group = {
  id: string;
  feeKind: (typeof FEE_KINDS)[number];
  n: number;
  by: 'QTY' | 'AMOUNT';
  steps: { from: number; fee: Won }[];
  baseFee: Won;
  freeThreshold: Won | null;
  paid: Won;
  remotePaid: Won;
  returnFee: Won;
  remoteReturn: Won;
  exchangeFee: Won;
  removalFee: Won;
  installFee: Won;
};

export type Line = {
  id: string;
  group: string;
  sku: string;
  name: string;
  listPrice: Won;
  qty: number;
  taxKind: TaxKind;
  inventoryType: 'CONSIGN' | 'DIRECT' | 'FULFIL';
  partner: string | null;
  returnability: 'NORMAL' | 'CUSTOM_MADE' | 'DIGITAL' | 'PERISHABLE' | 'SEALED';
  noticeProof: boolean;
};

/** `units`: indexes into the order's units (line order, then unitNo). */
export type Benefit = {
  id: string;
  kind: BenefitKind;
  amount: Won;
  units: number[];
  tender: string | null;
  minPurchase: Won;
  funder: Record<string, number>;
  restoreRule: string | null;
};

export type Tender = {
  id: string;
  kind: TenderKind;
  amount: Won;
  partialCancel: 'YES' | 'FULL_ONLY' | 'NO';
  refundLimitAt: number | null;
};

export type Parcel = {
  id: string;
  units: UnitRef[];
  carrier: string | null;
  trackingNo: string | null;
  preparedAt: number | null;
  waybillAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
};

/** An order as it came in, checked; times in milliseconds. */
export type Order = {
  mall: string;
  mallOrderNo: string;
  authority: 'SELF' | 'MALL';
  orderedAt: number;
  paidAt: number | null;
  contractDocAt: number;
  confirmedAt: number | null;
  customer: string;
  groups: Group[];
  lines: Line[];
  benefits: Benefit[];
  tenders: Tender[];
  parcels: Parcel[];
  /** Stage of each unit when the order came in. */
  stages: Stage[];
};
