import type { MallWord } from './mall-status.ts';
import type { Stage } from './unit.ts';

const line = (stage: Stage): MallWord => ({ of: 'line', stage });
type Claim = Extract<MallWord, { of: 'claim' }>;
const claim = (kind: Claim['kind'], state: Claim['state'], more: Partial<Claim> = {}): MallWord => ({
  of: 'claim',
  kind,
  state,
  ...more,
});
const KINDS = { C: 'CANCEL', R: 'RETURN', E: 'EXCHANGE' } as const;
type Letter = keyof typeof KINDS;

/** `C34 R34`: the same state for several codes, the kind by the letter. */
function codes(list: string, state: Claim['state'], more: Partial<Claim> = {}): [string, MallWord][] {
  return list.split(' ').map((code) => [code, claim(KINDS[code[0] as Letter], state, more)]);
}

/** productOrderStatus, placeOrderStatus, claimStatus of Naver Commerce. PAYED and OK stand apart: OK is 발주확인. */
export const NAVER: Record<string, MallWord> = {
  PAYMENT_WAITING: line('UNPAID'),
  PAYED: line('PAID'),
  NOT_YET: line('PAID'),
  OK: line('PREPARING'),
  DELIVERING: line('SHIPPED'),
  DELIVERED: line('DELIVERED'),
  PURCHASE_DECIDED: line('CONFIRMED'),
  EXCHANGED: line('SWAPPED'),
  CANCELED: line('CANCELLED'),
  CANCELED_BY_NOPAYMENT: line('CANCELLED'),
  RETURNED: line('RETURNED'),
  CANCEL_REQUEST: claim('CANCEL', 'REQ'),
  RETURN_REQUEST: claim('RETURN', 'REQ'),
  EXCHANGE_REQUEST: claim('EXCHANGE', 'REQ'),
  CANCELING: claim('CANCEL', 'SET'),
  COLLECTING: claim(null, 'COL'),
  COLLECT_DONE: claim(null, 'INS'),
  EXCHANGE_REDELIVERING: claim('EXCHANGE', 'RED'),
  CANCEL_DONE: claim('CANCEL', 'DONE'),
  RETURN_DONE: claim('RETURN', 'DONE'),
  EXCHANGE_DONE: claim('EXCHANGE', 'DONE'),
  CANCEL_REJECT: claim('CANCEL', 'REJ', { or: 'WDN' }),
  RETURN_REJECT: claim('RETURN', 'REJ', { or: 'WDN' }),
  EXCHANGE_REJECT: claim('EXCHANGE', 'REJ', { or: 'WDN' }),
  ADMIN_CANCELING: claim('CANCEL', 'SET', { by: 'MALL' }),
  ADMIN_CANCEL_DONE: claim('CANCEL', 'DONE', { by: 'MALL' }),
  ADMIN_CANCEL_REJECT: claim('CANCEL', 'REJ', { by: 'MALL' }),
  PURCHASE_DECISION_REQUEST: line('DELIVERED'),
  PURCHASE_DECISION_HOLDBACK: { of: 'line', stage: 'CONFIRMED', held: true },
  PURCHASE_DECISION_HOLDBACK_RELEASE: line('CONFIRMED'),
};

/** order_status of Cafe24. */
export const CAFE24: Record<string, MallWord> = {
  N00: line('UNPAID'),
  N02: line('UNPAID'),
  N03: line('UNPAID'),
  N01: { of: 'line', stage: null, child: 'RESERVED' },
  N10: line('PAID'),
  N20: line('PREPARING'),
  N21: line('PREPARING'),
  N22: { of: 'line', stage: 'PREPARING', held: true },
  N30: line('SHIPPED'),
  N40: line('DELIVERED'),
  N50: line('CONFIRMED'),
  ...Object.fromEntries([
    ...codes('C00 R00 E00', 'REQ'),
    ...codes('C10 R10 E10', 'ACC'),
    ...codes('C11 R11 E11', 'REJ'),
    ...codes('C12 R12 E12', null, { held: true }),
    ...codes('R30 E30', 'COL'),
    ...codes('R13 R20 R31 E13 E31', 'INS'),
    ...codes('E20', 'RED'),
    ...codes('E32', null, { fee: 'DUE' }),
    ...codes('E33', null, { fee: 'PAID' }),
    ...codes('C34 R34 E34', 'SET'),
    ...codes('C35 R35 E35', 'SET', { refunded: true }),
    ...codes('C36 R36 E36 C43 R43 E43', 'SET', { held: true }),
    ...codes('C40 R40 E40', 'DONE'),
    ...codes('C41 R41 C42 R42 E42', 'SET'),
    ...codes('E41 E50 E51', 'WDN'),
    ...codes('C47 C48 C49', 'DONE', { unpaid: true }),
  ]),
};

/** Statuses of ordersheets, returnRequests and exchangeRequests of Coupang Wing. */
export const COUPANG: Record<string, MallWord> = {
  ACCEPT: line('PAID'),
  INSTRUCT: line('PREPARING'),
  DEPARTURE: line('SHIPPED'),
  DELIVERING: line('SHIPPED'),
  NONE_TRACKING: line('SHIPPED'),
  FINAL_DELIVERY: line('DELIVERED'),
  RELEASE_STOP_UNCHECKED: claim('CANCEL', 'REQ'),
  RU: claim('CANCEL', 'REQ'),
  RETURNS_UNCHECKED: claim('RETURN', 'ACC'),
  UC: claim('RETURN', 'ACC'),
  VENDOR_WAREHOUSE_CONFIRM: claim('RETURN', 'INS'),
  REQUEST_COUPANG_CHECK: claim('RETURN', null, { held: true }),
  PR: claim('RETURN', null, { held: true }),
  RETURNS_COMPLETED: claim('RETURN', 'DONE'),
  CC: claim('RETURN', 'DONE'),
  RECEIPT: claim('EXCHANGE', 'REQ'),
  PROGRESS: claim('EXCHANGE', 'ACC'),
  SUCCESS: claim('EXCHANGE', 'DONE'),
  REJECT: claim('EXCHANGE', 'REJ'),
  CANCEL: claim('EXCHANGE', 'WDN'),
};

/** payment_status, fulfillment_status and status of returns of Medusa. What is partly done its quantities decide. */
export const MEDUSA: Record<string, MallWord> = {
  not_paid: line('UNPAID'),
  awaiting: line('UNPAID'),
  captured: line('PAID'),
  fulfilled: line('PREPARING'),
  shipped: line('SHIPPED'),
  delivered: line('DELIVERED'),
  canceled: line('CANCELLED'),
  requested: claim('RETURN', 'REQ'),
  received: claim('RETURN', 'INS'),
  partially_received: claim('RETURN', 'INS'),
};
