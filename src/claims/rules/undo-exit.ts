import type { Refusal } from '#policies/rules/refusal.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { dropFees } from './booking.ts';
import { isInspected } from './claim-state.ts';
import { closeIfDone } from './closing.ts';
import { amend, claimOf, countSkus, type Draft, onClaim, onStock, onUnit, record, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { refuseClaim, unitsNamed } from './find.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Claim } from './state.ts';

/**
 * T25 undone: a return asked for again while the withdrawn goods are still at the dock goes on where it was,
 * as long as what is sent back is not packed. Null when the units are not on such a way back.
 */
export function undoExit(draft: Draft): Refusal | string | null {
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  const id = units[0]!.hold;
  const claim = id === null ? null : claimOf(draft.state, id);
  if (claim?.exiting !== 'WDN' || claim.kind !== 'RETURN') return null;
  const same = units.length === claim.units.length && units.every((unit) => unit.hold === id);
  if (!same) return refuseClaim('unit_held', 'T7', claim);
  const parcel = draft.state.parcels.find((row) => row.id === claim.sendBack);
  if (parcel && parcel.state !== 'PLANNED') return refuseClaim('already_packed', 'T25', claim);
  record(draft, 'return.request', claim.id, [
    ...(parcel ? [{ on: 'parcel', id: parcel.id, set: { state: 'DROPPED', units: [] } } satisfies Change] : []),
  ]);
  dropFees(draft, claim.id);
  resume(draft, claim);
  return claim.id;
}

function resume(draft: Draft, claim: Claim): void {
  amend(draft, [onClaim(claim.id, { exiting: null, sendBack: null, hold: null })]);
  const found = unitsOf(draft.state, claim).filter((unit) => claim.findings[unit.key]?.disposition === 'RESTOCK');
  const restocked = found.filter((unit) => unit.place === 'DOCK');
  if (restocked.length > 0)
    amend(draft, [
      onStock(draft.state, countSkus(restocked, 1)),
      ...restocked.map((unit) => onUnit(unit.key, { place: 'STOCK' })),
    ]);
  quoteAgain(draft, claim.id, true);
  const now = claimOf(draft.state, claim.id);
  if (now.collection.state !== 'ARRIVED' || !isInspected(now)) return;
  settle(draft, claim.id);
  closeIfDone(draft, claim.id);
}
