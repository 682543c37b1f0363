import type { Allocation } from '#orders/rules/allocation.ts';
import type { Benefit, Order, Won } from '#orders/rules/order.ts';
import type { Place, Stage } from '#orders/rules/unit.ts';
import type { Day } from '#policies/rules/calendar.ts';
import type { Compensation, ParcelState, Receivable, TenderState } from './order-parts.ts';

export const CLAIM_KINDS = ['CANCEL', 'RETURN', 'EXCHANGE', 'RESHIP', 'REDUCE'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
export const FAULTS = ['BUYER', 'SELLER', 'CARRIER', 'PLATFORM', 'UNDECIDED'] as const;
export type Fault = (typeof FAULTS)[number];
export const ACTORS = ['CUSTOMER', 'AGENT', 'SELLER', 'MALL', 'SYSTEM'] as const;
export type By = (typeof ACTORS)[number];
export type ClaimState = 'REQ' | 'ACC' | 'COL' | 'INS' | 'RED' | 'SET' | 'DONE' | 'WDN' | 'REJ' | 'CNV';
export type Closed = 'DONE' | 'WDN' | 'REJ' | 'CNV';
export type Basis = 'A17_1' | 'A17_3' | 'A15_2' | 'CONTRACT' | 'GOODWILL';

/** What a unit is, apart from where it stands; the same object for its whole life. */
export type UnitInfo = {
  line: string;
  unitNo: number;
  child: number;
  /** Index of the first piece of the exchange chain among the order's units: conditions count by it. */
  root: number;
  group: string;
  sku: string;
  taxed: boolean;
  exceptionProven: boolean;
  partner: string | null;
  consigned: boolean;
};

/** One piece. `out`: it counts as removed (M4), by which claim and at whose fault. */
export type Unit = {
  key: string;
  info: UnitInfo;
  stage: Stage;
  place: Place;
  hold: string | null;
  price: Won;
  net: Won;
  benefits: Record<string, Won>;
  tenders: Record<string, Won>;
  reduced: Record<string, Won>;
  parcel: string | null;
  shipped: boolean;
  deliveredAt: number | null;
  holder: boolean;
  out: { claim: string; buyer: boolean } | null;
  withdrawals: number;
};

export type Money = { tender: string; won: Won; account?: string };

/** A refund on one tender. QUOTED waits for a fault, a consent or the goods. */
export type Refund = {
  tender: string;
  amount: Won;
  state: 'QUOTED' | 'READY' | 'UNKNOWN' | 'FAILED' | 'DONE';
  payout: string | null;
  executedAt: number | null;
};

export const FEE_KINDS_OF_CLAIM = [
  'OUTBOUND_LOST',
  'RETURN',
  'EXCHANGE',
  'SEND_BACK',
  'USAGE',
  'BENEFIT_RECLAIM',
  'DIFFERENCE',
] as const;
export type FeeKind = (typeof FEE_KINDS_OF_CLAIM)[number];
export type Fee = {
  kind: FeeKind;
  group: string | null;
  amount: Won;
  state: 'DUE' | 'PAID' | 'DEDUCTED' | 'WAIVED' | 'OWED' | 'WRITTEN_OFF';
  tender: string | null;
  dueSince: number;
};

/** The refund as it is shown and later executed (환불 예상); see `api.md`. */
export type Quote = {
  items: Won;
  shipping: Won;
  credited: Won;
  returnFee: Won;
  exchangeFee: Won;
  sendBack: Won;
  usage: Won;
  reclaim: Won;
  difference: Won;
  refund: Won;
  collect: Won;
  fare: Won;
  perTender: Record<string, Won>;
  restored: { coupons: string[]; points: Won };
  provisional: boolean;
  hash: string;
};

/** [debit account, credit account, won]. */
export type Entry = [string, string, Won];

/** Money of a claim that is booked: it can be taken back as long as no refund has started. */
export type Booked = {
  /** Its place among all bookings of the order: what came later may have given back what this one took. */
  order: number;
  entries: Entry[];
  shipping: Record<string, Won>;
  reclaim: Won;
  /** What deductions took, and from which account. */
  takings: (Money & { account: string; from?: string })[];
  givebacks: (Money & { account: string })[];
  exempt: Won;
  /** Unpaid orders only: by how much the amounts still to be captured were moved. */
  moves: Money[];
  /** Fees of other claims that were cut because what they were for is no longer due. */
  cuts: { claim: string; fee: Fee }[];
};

export type Collection = {
  method: 'AUTO_PICKUP' | 'CUSTOMER_SENDS' | 'CROSS' | 'NONE';
  state: 'NONE' | 'PLANNED' | 'BOOKED' | 'PICKED_UP' | 'ARRIVED' | 'FAILED' | 'CANCELLED' | 'LOST';
  sentPay: 'PREPAID' | 'COLLECT' | 'ENCLOSED';
  fare: Won;
  waybill: string | null;
  attempts: number;
  since: number;
  pickedUpAt: number | null;
  returnedAt: number | null;
};

export type Redelivery = {
  state: 'RESERVED' | 'RELEASED' | 'PACKED' | 'SHIPPED' | 'DELIVERED' | 'ENDED';
  parcel: string | null;
  reservedAt: number;
  reserved: Record<string, number>;
};

export type Result = 'PASS' | 'PASS_DEDUCT' | 'FAIL' | 'MISSING' | 'WRONG_ITEM';
export const RESULTS: readonly Result[] = ['PASS', 'PASS_DEDUCT', 'FAIL', 'MISSING', 'WRONG_ITEM'];
export const DISPOSITIONS = ['RESTOCK', 'B_STOCK', 'SCRAP', 'TO_PARTNER', 'SEND_BACK'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export type Finding = { result: Result; disposition: Disposition };

export type Wanted = { sku: string; listPrice: Won; optionText?: string; product?: string };

export type Claim = {
  id: string;
  kind: ClaimKind;
  state: ClaimState;
  closed: Closed | null;
  exiting: 'WDN' | 'REJ' | null;
  accepted: boolean;
  hold: { reason: string; until: Day | null } | null;
  by: By;
  fault: Fault;
  reason: string;
  basis: Basis;
  declaredAt: number;
  openedAt: number;
  closedAt: number | null;
  acceptedSeq: number | null;
  units: string[];
  wanted: Wanted | null;
  pickup: string;
  collection: Collection;
  findings: Record<string, Finding>;
  failed: boolean;
  waived: boolean;
  redelivery: Redelivery | null;
  sendBack: string | null;
  quote: Quote;
  consented: Quote;
  quoteState: 'CURRENT' | 'CONSENT_MISSING';
  refunds: Refund[];
  /** What went back beside the quote, at once: payments that a change freed, cash found too late. */
  repaid: Money[];
  fees: Fee[];
  carried: Money[];
  paid: Money[];
  booked: Booked | null;
  usage: Won;
  reduceBy: Won;
  anchorOn: Day | null;
  dueOn: Day | null;
  interest: Won;
  fareDone: Won;
  advance: { at: number; amount: Won } | null;
  special: string[];
  outcomes: Record<string, 'REFUNDED' | 'REDUCED' | 'SWAPPED' | 'RESENT' | 'SENT_BACK' | 'KEPT' | 'WITHDRAWN'>;
  predecessor: string | null;
  convertedFrom: string | null;
  convertedTo: string | null;
  mall: { id: string; rawStatus: string; seenAt: number } | null;
};

/** Everything that evolve() computes of one order; a plain value, never changed in place. */
export type State = {
  order: Order;
  allocation: Allocation;
  version: number;
  now: number;
  paidAt: number | null;
  units: Unit[];
  parcels: ParcelState[];
  claims: Claim[];
  tenders: TenderState[];
  receivables: Receivable[];
  compensations: Compensation[];
  benefits: Benefit[];
  /** What shipping has been charged per group, booked claims included: due(g) of M4 at rest. */
  charged: Record<string, Won>;
  reclaimed: Won;
  /**
   * From which tender shipping and reclaimed benefits were taken, oldest first. A negative row was given back in a
   * refund that is made, before the booking that had taken it was undone.
   */
  taken: (Money & { account: string })[];
  ledger: Record<string, Won>;
  stock: Record<string, number>;
  free: Record<string, number> | null;
  vat: Won;
  vatReversed: Won;
  /** Of payments in cash: what is on cash receipts now. */
  cashReceipt: Won;
  coupons: string[];
  points: Won;
  /** Until when restored coupons, and points by the tender they came from, can be used. */
  usableUntil: Record<string, Day>;
  notice: { promisedOn: Day; toldAt: number; broken: number; answer: string | null } | null;
  tasks: { what: string; owner: 'A' | 'M' | 'L'; at: number }[];
  counters: { claim: number; redelivery: number; sendBack: number; booking: number };
  orders: State[];
  keys: Record<string, string>;
};
