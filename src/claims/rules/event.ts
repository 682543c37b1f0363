import type { ParcelState, Receivable, TenderState } from './order-parts.ts';
import type { By, Claim, Entry, State, Unit } from './state.ts';

/** Facts of the order itself that an event sets as a whole. */
export type OrderFacts = Partial<
  Pick<
    State,
    | 'benefits'
    | 'charged'
    | 'reclaimed'
    | 'taken'
    | 'stock'
    | 'vat'
    | 'vatReversed'
    | 'cashReceipt'
    | 'coupons'
    | 'points'
    | 'usableUntil'
    | 'notice'
    | 'tasks'
    | 'counters'
    | 'orders'
    | 'allocation'
    | 'compensations'
    | 'keys'
    | 'paidAt'
  >
>;

/** One fact of an event: a row that is new, or fields that a row now has. */
export type Change =
  | { on: 'unit'; id: string; set: Partial<Unit> }
  | { on: 'claim'; id: string; set: Partial<Claim> }
  | { on: 'parcel'; id: string; set: Partial<ParcelState> }
  | { on: 'tender'; id: string; set: Partial<TenderState> }
  | { on: 'receivable'; id: string; set: Partial<Receivable> }
  | { on: 'newUnit'; row: Unit }
  | { on: 'newClaim'; row: Claim }
  | { on: 'newParcel'; row: ParcelState }
  | { on: 'newTender'; row: TenderState }
  | { on: 'newReceivable'; row: Receivable }
  | { on: 'order'; set: OrderFacts };

/**
 * What has happened. An event carries facts, not a wish: replaying it needs no rule and no policy, so that
 * rules may change without changing history. `grant` names the approval or the policy limit that allowed it.
 */
export type Event = {
  seq: number;
  type: string;
  claim: string | null;
  at: number;
  by: By;
  grant: string | null;
  changes: Change[];
  entries: Entry[];
};
