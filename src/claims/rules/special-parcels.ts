import { closeIfDone, release } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import type { ParcelState } from './order-parts.ts';
import type { Claim, Unit } from './state.ts';

type Special = { parcel: ParcelState; changes: Change[] };

/** A parcel that takes units of a claim to the customer: a redelivery `r1`, `r2` … or a send-back `b1`, `b2` … */
export function newParcel(
  draft: Draft,
  claim: Claim,
  purpose: 'REDELIVERY' | 'SEND_BACK',
  units: readonly string[],
  id?: string,
): Special {
  const { counters } = draft.state;
  const name = purpose === 'REDELIVERY' ? 'redelivery' : 'sendBack';
  const number = counters[name] + 1;
  const parcel: ParcelState = {
    id: id ?? `${purpose === 'REDELIVERY' ? 'r' : 'b'}${number}`,
    units: [...units],
    purpose,
    claim: claim.id,
    state: 'PLANNED',
    carrier: draft.command.carrier ?? null,
    trackingNo: draft.command.trackingNo ?? null,
    waybillAt: null,
    shippedAt: null,
    deliveredAt: null,
  };
  const changes: Change[] = [{ on: 'newParcel', row: parcel }];
  if (id === undefined) changes.push({ on: 'order', set: { counters: { ...counters, [name]: number } } });
  return { parcel, changes };
}

/** The next redelivery, when it is packed before it is shipped: the newest exchange that waits for it. */
export function nextParcel(draft: Draft, id: string): Special | null {
  if (id !== `r${draft.state.counters.redelivery + 1}` || draft.state.parcels.some((parcel) => parcel.id === id))
    return null;
  const claim = draft.state.claims.findLast(
    (row) => row.state === 'RED' && row.redelivery?.state === 'RESERVED' && !row.redelivery.parcel,
  );
  if (!claim) return null;
  const next = newParcel(draft, claim, 'REDELIVERY', []);
  next.changes.push(onClaim(claim.id, { redelivery: { ...claim.redelivery!, parcel: next.parcel.id } }));
  return next;
}

/** The claim's side of a redelivery that is packed or shipped; a send-back only moves. */
export function packSpecial(draft: Draft, parcel: ParcelState, state: 'PACKED' | 'SHIPPED' = 'PACKED'): Change[] {
  const changes: Change[] = [];
  // Claims that were split share the parcel.
  for (const { id, closed, redelivery } of draft.state.claims) {
    if (closed || !redelivery || parcel.purpose !== 'REDELIVERY') continue;
    // A parcel that is packed at its first mention is not yet in the claim that it is for.
    const own = redelivery.parcel === parcel.id || (redelivery.parcel === null && id === parcel.claim);
    if (own && (redelivery.state === 'RESERVED' || redelivery.state === 'PACKED'))
      changes.push(onClaim(id, { redelivery: { ...redelivery, parcel: parcel.id, state } }));
  }
  if (state === 'SHIPPED')
    for (const key of parcel.units) {
      const unit = unitOf(draft.state, key);
      const lost = unit.stage === 'SHIPPED' || unit.place === 'LOST';
      changes.push(
        onUnit(key, {
          place: 'OUTBOUND',
          ...(lost && parcel.purpose === 'REDELIVERY' ? { stage: 'SHIPPED', shipped: true } : {}),
        }),
      );
    }
  return changes;
}

/** T23, T33 and the end of T17 and T25: what the delivery of a special parcel completes. */
export function deliverSpecial(draft: Draft, parcel: ParcelState): void {
  const claim = claimOf(draft.state, parcel.claim!);
  if (parcel.purpose === 'SEND_BACK') {
    endExit(draft, claim, 'CUSTOMER');
    return;
  }
  amend(
    draft,
    parcel.units.map((key) => onUnit(key, deliveredNow(draft, unitOf(draft.state, key)))),
  );
  for (const { id, redelivery } of draft.state.claims) {
    if (redelivery?.parcel !== parcel.id || redelivery.state !== 'SHIPPED') continue;
    amend(draft, [onClaim(id, { redelivery: { ...redelivery, state: 'DELIVERED' } })]);
    closeIfDone(draft, id);
  }
}

/** A replacement that is delivered starts a window of its own (T23); one already on its way back stays there. */
function deliveredNow(draft: Draft, unit: Unit): Partial<Unit> {
  const place = unit.place === 'OUTBOUND' ? 'CUSTOMER' : unit.place;
  const stage = unit.stage === 'SHIPPED' ? 'DELIVERED' : unit.stage;
  return { place, stage, deliveredAt: draft.now };
}

/** An exit is complete when the goods are back with the customer: stage and window are those from before (I10). */
export function endExit(draft: Draft, claim: Claim, place: Unit['place']): void {
  if (claim.closed || !claim.exiting) return;
  const outcome = claim.exiting === 'WDN' ? 'WITHDRAWN' : 'SENT_BACK';
  const outcomes = Object.fromEntries(claim.units.map((key) => [key, outcome] as const));
  amend(draft, [
    onClaim(claim.id, { closed: claim.exiting, outcomes }),
    ...release(claim),
    ...claim.units.map((key) => onUnit(key, backAgain(draft, unitOf(draft.state, key), place))),
  ]);
}

/** Goods that never reached the customer before (T35, T3) are delivered now: their window starts here. */
function backAgain(draft: Draft, unit: Unit, place: Unit['place']): Partial<Unit> {
  const first = place === 'CUSTOMER' && unit.stage === 'SHIPPED';
  return first ? { place, stage: 'DELIVERED', deliveredAt: draft.now } : { place };
}
