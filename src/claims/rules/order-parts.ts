import type { TenderKind, Won } from '#orders/rules/order.ts';

export type ParcelState = {
  id: string;
  units: string[];
  purpose: 'ORDER' | 'REDELIVERY' | 'SEND_BACK';
  claim: string | null;
  state: 'PLANNED' | 'PACKED' | 'SHIPPED' | 'DELIVERED' | 'LOST' | 'RETURNED_TO_SENDER' | 'DROPPED';
  carrier: string | null;
  trackingNo: string | null;
  waybillAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
};

export type TenderState = {
  id: string;
  kind: TenderKind;
  /** What it is to pay for: an order, fees of a claim, or money found in a box. */
  role: 'ORDER' | 'FEE';
  amount: Won;
  captured: Won;
  refunded: Won;
  partialCancel: 'YES' | 'FULL_ONLY' | 'NO';
  refundLimitAt: number | null;
  replacedBy: string | null;
};

export type Receivable = {
  id: string;
  reason: 'FEE' | 'PRE_REFUND_CLAWBACK' | 'CROSS_NOT_HANDED' | 'PRICE_DIFF' | 'CARRIER' | 'PARTNER';
  debtor: string;
  claim: string | null;
  amount: Won;
  paid: Won;
  writtenOff: Won;
  /** Account that a payment goes to first, up to `principal`; the rest is a fee. */
  account: string;
  principal: Won;
  accident: 'UNFILED' | 'FILED' | null;
  openedAt: number;
};

export type Compensation = {
  kind: 'POINT' | 'COUPON' | 'CASH' | 'GOODS';
  amount: Won;
  reason: string;
  shares: Record<string, Won>;
  at: number;
};
