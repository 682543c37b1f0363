import type { Order, TenderKind, Won } from '#orders/rules/order.ts';
import type { UnitRef } from '#orders/rules/unit.ts';
import type { Day } from '#policies/rules/calendar.ts';
import type { By, Collection, Disposition, Fault, Result, Wanted } from './state.ts';

export type Payment = { id: string; kind: TenderKind; amount: Won };
export type InspectionRow = {
  units: UnitRef[];
  result: Result;
  disposition: Disposition | null;
  finding: Fault | null;
};

/** A wish or a fact, read and checked in form (section 2.3a). Optional fields are absent when not given. */
export type Command = {
  type: string;
  at: number;
  by: By;
  declaredAt: number;
  claim?: string;
  units?: UnitRef[];
  basedOn?: number;
  quote?: string;
  key?: string;
  /** A yes was given (section 7); the approvals room checks whose. */
  approved: boolean;
  reason?: string;
  fault?: Fault;
  known?: Day;
  method?: Collection['method'];
  sentPay?: Collection['sentPay'];
  fare?: Won;
  cash?: Won;
  joinPickup?: string;
  evidence: boolean;
  usage?: { units: number; supplyCost: Won };
  wanted?: Wanted;
  tender?: string;
  payment?: Payment;
  parcel?: string;
  carrier?: string;
  trackingNo?: string;
  waybill?: string;
  promisedOn?: Day;
  answer?: 'WAIT' | 'CHANGE' | 'CANCEL';
  results?: InspectionRow[];
  disposition?: Disposition;
  finding?: Fault;
  account?: string;
  to?: 'EXCHANGE' | 'RETURN';
  change?: { id: string; kind: TenderKind; partialCancel: 'YES' | 'FULL_ONLY' | 'NO' };
  keepDiscount?: boolean;
  goods?: 'SEND_BACK' | 'KEEP';
  wish?: 'RESHIP' | 'REFUND';
  newOrder?: unknown;
  frozen?: { order: Order };
  first?: 'CAPTURE' | 'REFUND';
  percent?: number;
  amount?: Won;
  until?: Day | null;
  how?: string;
  kind?: 'POINT' | 'COUPON' | 'CASH' | 'GOODS';
  shares?: Record<string, number>;
  receivable?: string;
  day?: Day;
  fee?: string;
  mall?: {
    claim: string;
    seenAt: number;
    kind: string | null;
    state: string | null;
    rawStatus: string;
    refund: Record<string, Won>;
  };
};
