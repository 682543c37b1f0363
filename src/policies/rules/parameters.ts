import type { BusinessCalendar } from './calendar.ts';

/** One row of `compensation[reason]`: what a reason is worth, and who may decide it alone. */
export type CompensationRule = {
  kind: 'POINT' | 'COUPON' | 'CASH' | 'GOODS';
  won?: number;
  percent?: number;
  by: 'AGENT' | 'M' | 'head';
};

/** The policy of a mall, in force by the day of the order. The law behind each default is in `docs/claims.md`. */
export type Policy = {
  version: string;
  withdrawReturn: boolean;
  withdrawLate: boolean;
  maxWithdrawalsPerUnit: number;
  windowDays: number;
  goodwillDays: number;
  autoAcceptCancel: boolean;
  stopShipGraceMin: number;
  autoAcceptReturn: 'NONE' | 'SELLER_FAULT_ONLY' | 'ALL';
  faultUndecidedAllowed: boolean;
  pickupLateDays: number;
  transitLateDays: number;
  defectJudge: 'PHOTO' | 'INSPECT' | 'PHOTO_THEN_INSPECT';
  pickupMaxAttempts: number;
  uncollectedDays: number;
  inspectDays: number;
  baseFee: number;
  freeThreshold: number | null;
  freeBasis: 'LIST' | 'AFTER_PRODUCT_DISCOUNT' | 'NET';
  returnFee: number;
  exchangeFee: number;
  selfSendCap: number;
  sentCollectExcess: 'NONE' | 'NOTIFIED';
  mixedFaultExchange: 'FREE' | 'REDELIVERY_ONLY';
  remoteOut: number;
  remoteReturn: number;
  fullReturnOutbound: 'CHARGE' | 'FREE';
  bundleReturnHours: number;
  mixedFault: 'SELLER_PAYS' | 'BUYER_PAYS';
  feeMethod: 'DEDUCT' | 'LINK' | 'DEPOSIT';
  tenderMode: 'PROPORTIONAL' | 'CASH_FIRST';
  deductOrder: string[];
  couponBreak: 'KEEP' | 'RECLAIM';
  bundleBreak: 'KEEP' | 'RECLAIM';
  couponRestoreDays: number;
  expiredPointDays: number;
  earnedClawback: string[];
  exchangeDiff: 'LIST' | 'NET';
  exchangeOtherProduct: boolean;
  exchangeReserveHours: number;
  crossExchange: 'OFF' | 'APPROVAL' | 'ALLOWED';
  noCollectLimit: number;
  preRefund: { allowed: 'OFF' | 'APPROVAL'; autoLimit: number; deadline: number; offHoursLimit: number };
  shipless: { allowed: 'OFF' | 'APPROVAL'; maxDaysAfterDelivery: number; order: 'CAPTURE_FIRST' | 'REFUND_FIRST' };
  forcedDiscount: { maxPct: number; maxWon: number };
  usageDeduction: 'OFF' | 'APPROVAL';
  notifyDelay: string;
  pointsDelay: number;
  pointsStockout: number;
  compensation: Record<string, CompensationRule>;
  compensationCap: number;
  bearerRatio: Record<string, Record<string, number>>;
  goodwillAgentLimit: number;
  goodwillManagerLimit: number;
  reduceAgentLimit: number;
  reopenDays: number;
  lostAfterDays: number;
  waybillScanHours: number;
  autoConfirmDays: number;
  visibleBy: Record<string, number | null>;
  businessCalendar: BusinessCalendar;
  interestRounding: 'FLOOR' | 'ROUND';
  mallCapability: Record<string, Record<string, Record<string, string>>>;
};

const DEFECTS = ['DEFECT', 'WRONG_ITEM', 'MISSING_PART', 'NOT_AS_DESCRIBED', 'SPOILED', 'DAMAGED_IN_TRANSIT', 'defect'];
const DELAYS = ['LATE', 'STOCK_OUT', 'delay'];

function ratios(): Record<string, Record<string, number>> {
  const of: Record<string, Record<string, number>> = { goodwill: { seller: 0, platform: 100 } };
  for (const reason of DEFECTS) of[reason] = { seller: 100, platform: 0 };
  for (const reason of DELAYS) of[reason] = { seller: 50, platform: 50 };
  return of;
}

/** Section 6 of the claim specification, with its defaults. */
export const DEFAULT_POLICY: Policy = {
  version: 'default',
  withdrawReturn: true,
  withdrawLate: true,
  maxWithdrawalsPerUnit: 3,
  windowDays: 7,
  goodwillDays: 0,
  autoAcceptCancel: true,
  stopShipGraceMin: 60,
  autoAcceptReturn: 'ALL',
  faultUndecidedAllowed: true,
  pickupLateDays: 3,
  transitLateDays: 5,
  defectJudge: 'PHOTO_THEN_INSPECT',
  pickupMaxAttempts: 3,
  uncollectedDays: 14,
  inspectDays: 2,
  baseFee: 3_000,
  freeThreshold: 50_000,
  freeBasis: 'AFTER_PRODUCT_DISCOUNT',
  returnFee: 3_000,
  exchangeFee: 6_000,
  selfSendCap: 6_000,
  sentCollectExcess: 'NONE',
  mixedFaultExchange: 'FREE',
  remoteOut: 0,
  remoteReturn: 0,
  fullReturnOutbound: 'CHARGE',
  bundleReturnHours: 24,
  mixedFault: 'SELLER_PAYS',
  feeMethod: 'DEDUCT',
  tenderMode: 'PROPORTIONAL',
  deductOrder: ['CARD', 'EASYPAY', 'MOBILE', 'TRANSFER', 'VBANK', 'DEPOSIT', 'GIFTCARD', 'POINT', 'MALL'],
  couponBreak: 'KEEP',
  bundleBreak: 'KEEP',
  couponRestoreDays: 30,
  expiredPointDays: 30,
  earnedClawback: ['pending', 'balance', 'ask'],
  exchangeDiff: 'LIST',
  exchangeOtherProduct: false,
  exchangeReserveHours: 72,
  crossExchange: 'APPROVAL',
  noCollectLimit: 5_000,
  preRefund: { allowed: 'APPROVAL', autoLimit: 0, deadline: 14, offHoursLimit: 100_000 },
  shipless: { allowed: 'APPROVAL', maxDaysAfterDelivery: 7, order: 'CAPTURE_FIRST' },
  forcedDiscount: { maxPct: 10, maxWon: 50_000 },
  usageDeduction: 'APPROVAL',
  notifyDelay: 'next-day',
  pointsDelay: 0,
  pointsStockout: 1_000,
  compensation: {
    LATE: { kind: 'POINT', won: 1_000, by: 'AGENT' },
    WRONG_ITEM: { kind: 'POINT', won: 3_000, by: 'AGENT' },
  },
  compensationCap: 10_000,
  bearerRatio: ratios(),
  goodwillAgentLimit: 3_000,
  goodwillManagerLimit: 50_000,
  reduceAgentLimit: 5_000,
  reopenDays: 30,
  lostAfterDays: 7,
  waybillScanHours: 24,
  autoConfirmDays: 8,
  visibleBy: {
    CARD: 5,
    CARD_BEFORE_PURCHASE: 0,
    CHECK_CARD: 7,
    EASYPAY: 5,
    TRANSFER: 1,
    VBANK: 1,
    MOBILE: null,
    POINT: 0,
    DEPOSIT: 0,
    GIFTCARD: 0,
    CASH: 1,
    MALL: null,
  },
  businessCalendar: 'KR',
  interestRounding: 'FLOOR',
  mallCapability: {},
};

/** ★ of section 6: of the policy of the order's day and a later one, the customer gets the better. */
export const CUSTOMER_FAVOURING = [
  'goodwillDays',
  'mixedFaultExchange',
  'fullReturnOutbound',
  'mixedFault',
  'couponBreak',
  'bundleBreak',
  'couponRestoreDays',
  'expiredPointDays',
] as const;
