import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { acceptIfAllowed } from './accept.ts';
import { unbook } from './booking.ts';
import { claimFor } from './claim-for.ts';
import { refundStarted } from './claim-state.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record, unitsOf } from './draft.ts';
import { checkUndoable } from './find.ts';
import { newClaim } from './new-claim.ts';
import type { ParcelState } from './order-parts.ts';
import { rebalance } from './rebalance.ts';
import { quoteAgain } from './settling.ts';
import { moveUnits } from './split.ts';
import type { Claim, Unit } from './state.ts';

/** T3 이미출고, told by the warehouse: the parcel had left before it heard of the cancel, so the reason decides the fault. */
export function cancelTooLate(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'cancel.tooLate', (row) => row.kind === 'CANCEL' && row.closed === 'CNV');
  if (claim === null) return draft.state.claims.findLast((row) => row.convertedFrom !== null)?.id ?? null;
  if (isRefusal(claim)) return claim;
  const refusal = checkUndoable(claim, 'T3');
  return refusal ?? convertAll(draft, [claim.id], false, true)[0]!;
}

/**
 * T3 at a scan: cancels of units that have just left become returns; the round trip is the seller's after a stop
 * request. Units of the cancel that are still here stay cancelled (T39).
 */
export function missShipment(draft: Draft, parcel: ParcelState, units: readonly Unit[]): string | null {
  const late: string[] = [];
  for (const { id, kind, units: keys } of draft.state.claims) {
    const claim = claimOf(draft.state, id);
    if (kind !== 'CANCEL' || claim.closed || refundStarted(claim) !== 'no') continue;
    const gone = keys.filter((key) => units.some((unit) => unit.key === key));
    if (gone.length > 0) late.push(gone.length === keys.length ? id : moveUnits(draft, id, gone));
  }
  if (late.length === 0) return parcel.claim;
  return convertAll(draft, late, true, false).at(-1)!;
}

/**
 * Cancels that were too late at once: their bookings are all taken back before shipping is counted again, since
 * the pieces left together.
 */
function convertAll(draft: Draft, late: readonly string[], afterStop: boolean, shipUnits: boolean): string[] {
  const order = (id: string) => claimOf(draft.state, id).booked?.order ?? 0;
  const undone: string[] = [];
  const next = new Map<string, string>();
  for (const id of late.toSorted((a, b) => order(b) - order(a))) {
    record(draft, 'cancel.tooLate', id, []);
    undone.unshift(...unbook(draft, id).filter((other) => !late.includes(other)));
    next.set(id, openReturn(draft, claimOf(draft.state, id), afterStop, shipUnits));
  }
  rebalance(draft, late[0]!, undone);
  const ids = late.map((id) => next.get(id)!);
  for (const id of ids) quoteAgain(draft, id, true);
  for (const id of ids) acceptIfAllowed(draft, id);
  return ids;
}

function openReturn(draft: Draft, claim: Claim, afterStop: boolean, shipUnits: boolean): string {
  const fault = afterStop ? 'SELLER' : claim.fault;
  const units = unitsOf(draft.state, claim);
  const next = newClaim(draft, units, {
    kind: 'RETURN',
    fault,
    reason: claim.reason,
    basis: fault === 'SELLER' ? 'CONTRACT' : claim.basis,
    by: claim.by,
    declaredAt: claim.declaredAt,
    convertedFrom: claim.id,
    carried: claim.carried,
  });
  amend(
    draft,
    [
      onClaim(claim.id, { closed: 'CNV', convertedTo: next.id, carried: [], dueOn: null, anchorOn: null }),
      { on: 'newClaim', row: next },
      { on: 'order', set: { counters: { ...draft.state.counters, claim: draft.state.counters.claim + 1 } } },
      ...units.map((unit) =>
        onUnit(unit.key, {
          hold: next.id,
          ...(shipUnits ? leftWith(draft, unit) : {}),
        }),
      ),
    ],
    creditEntries(claim.id, next),
  );
  return next.id;
}

/** Where a piece is that went with its parcel after all. */
function leftWith(draft: Draft, unit: Unit): Partial<Unit> {
  const deliveredAt = draft.state.parcels.find((row) => row.id === unit.parcel)?.deliveredAt ?? null;
  if (deliveredAt === null) return { stage: 'SHIPPED', place: 'OUTBOUND', shipped: true };
  return { stage: 'DELIVERED', place: 'CUSTOMER', shipped: true, deliveredAt };
}

/** Moves the credit of a converted claim to the one that follows it. */
export function creditEntries(from: string, next: Claim): [string, string, number][] {
  const own = next.carried.filter((money) => money.account === undefined);
  const won = own.reduce((sum, money) => sum + money.won, 0);
  return won > 0 ? [[`credit/${from}`, `credit/${next.id}`, won]] : [];
}
