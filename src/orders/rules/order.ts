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
  origin: string | null;
  returnAddress: string | null;
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
  noticeProofId: string | null;
  optionText: string | null;
  supplyCost: Won | null;
  /** The mall's number of the product, and its word for the line's state. */
  productNo: string | null;
  rawStatus: string | null;
  bundleId: string | null;
  giftOf: string | null;
  /** Our product; null as long as none is known. */
  product: string | null;
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
  name?: string | null;
  couponId?: string | null;
  expiresAt?: number | null;
};

export type Tender = {
  id: string;
  kind: TenderKind;
  amount: Won;
  partialCancel: 'YES' | 'FULL_ONLY' | 'NO';
  refundLimitAt: number | null;
  name?: string | null;
  expiresAt?: number | null;
  taxFree?: Won;
  escrow?: boolean;
  instalments?: number | null;
  cashReceiptId?: string | null;
  pgKey?: string | null;
};

export type Parcel = {
  id: string;
  /** Absent: the group of its first piece. */
  group?: string;
  units: UnitRef[];
  carrier: string | null;
  trackingNo: string | null;
  preparedAt: number | null;
  waybillAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
  /** It came back to its sender. */
  returned?: true;
};

/** Who ordered. */
export type Orderer = { name: string; phone: string | null; email: string | null };
/** Who gets it (수령인): need not be who ordered. */
export type Receiver = {
  name: string;
  phone: string | null;
  phone2: string | null;
  postcode: string | null;
  address: string | null;
  memo: string | null;
};
/** 해외직구: 통관고유부호, duties and the return cost as notified. */
export type Customs = { code: string | null; duties: Won | null; returnCost: Won | null };

/** An order as it came in, checked; times in milliseconds. */
export type Order = {
  mall: string;
  mallOrderNo: string;
  authority: 'SELF' | 'MALL';
  orderedAt: number;
  paidAt: number | null;
  contractDocAt: number;
  confirmedAt: number | null;
  /** Tells customers apart: their id, phone or name. */
  customer: string;
  orderer: Orderer | null;
  receiver: Receiver | null;
  giftOrder: boolean;
  subscription: { id: string; round: number | null } | null;
  customs: Customs | null;
  rawStatus: string | null;
  memo: string | null;
  shiplessOf: string | null;
  groups: Group[];
  lines: Line[];
  benefits: Benefit[];
  tenders: Tender[];
  parcels: Parcel[];
  /** Stage of each unit when the order came in. */
  stages: Stage[];
};
