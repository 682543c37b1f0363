import { unitKey } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import { worthOf } from './exchange-difference.ts';
import { refusePolicy, unitsNamed } from './find.ts';
import { collectionOf, newClaim } from './new-claim.ts';
import type { ParcelState } from './order-parts.ts';
import { parcelNamed, unitsTravelling } from './parcel-facts.ts';
import { owedBy } from './receivables.ts';
import { openReship } from './reship.ts';
import { quoteAgain, settle } from './settling.ts';
import { endExit } from './special-parcels.ts';
import { moveUnits } from './split.ts';
import type { Claim, Unit } from './state.ts';

/**
 * T34 배송분실: the customer chooses a re-shipment (T33) or the money: a return without collection, at the
 * carrier's fault, that settles at once. The carrier owes what the goods were worth.
 */
export function loseParcel(draft: Draft): Refusal | string | null {
  const parcel = parcelNamed(draft);
  if (isRefusal(parcel)) return parcel;
  if (parcel.state === 'LOST')
    return draft.state.claims.findLast((claim) => claim.units.some((key) => parcel.units.includes(key)))?.id ?? null;
  if (parcel.state !== 'SHIPPED') return refuse('wrong_stage', 'T34', { what: parcel.state });
  const before = lostBefore(draft, parcel);
  if (before) return before;
  const { policy, now, command } = draft;
  if (command.by === 'SYSTEM' && now < parcel.shippedAt! + policy.lostAfterDays * 86_400_000)
    return refusePolicy(draft, 'too_early', 'T34', 'lostAfterDays');
  const units = lostUnits(draft, parcel);
  if (isRefusal(units)) return units;
  const rest = restOf(draft, parcel, units);
  const wish = command.wish ?? 'REFUND';
  record(draft, 'parcel.lost', null, [
    { on: 'parcel', id: parcel.id, set: rest.length > 0 ? { units: rest } : { state: 'LOST' } },
    ...units.map((unit) => onUnit(unit.key, { place: 'LOST' })),
  ]);
  if (rest.length === 0) endSpecial(draft, parcel);
  else if (parcel.claim !== null) endParts(draft, units);
  const fresh = units.map((unit) => unitOf(draft.state, unit.key));
  if (wish === 'REFUND') return refundLost(draft, fresh);
  return openReship(draft, fresh, 'LOST');
}

/** The claim of units that were told lost before, although the rest of their parcel goes on. */
function lostBefore(draft: Draft, parcel: ParcelState): string | null {
  const keys = draft.command.units?.map(unitKey);
  const lost = (key: string) =>
    draft.state.units.some((unit) => unit.key === key && unit.parcel === parcel.id && unit.place === 'LOST');
  if (!keys?.every((key) => !parcel.units.includes(key) && lost(key))) return null;
  return draft.state.claims.findLast((claim) => claim.units.includes(keys[0]!))?.id ?? null;
}

/** What of a parcel is still on its way when some of it is lost; that goes on and is delivered. */
function restOf(draft: Draft, parcel: ParcelState, lost: readonly Unit[]): string[] {
  return unitsTravelling(draft, parcel)
    .filter((unit) => unit.place === 'OUTBOUND' && !lost.some((row) => row.key === unit.key))
    .map((unit) => unit.key);
}

function lostUnits(draft: Draft, parcel: ParcelState): Unit[] | Refusal {
  const travelling = unitsTravelling(draft, parcel).filter((unit) => unit.place === 'OUTBOUND');
  const named = draft.command.units ? unitsNamed(draft, draft.command.units) : travelling;
  if (isRefusal(named)) return named;
  for (const unit of named) {
    if (!travelling.some((row) => row.key === unit.key))
      return refuse('wrong_stage', 'T34', { what: `${unit.key} ${unit.place}` });
    if (unit.hold !== null && unit.hold !== parcel.claim)
      return refuse('unit_held', 'T34', { what: `${unit.key} ${unit.hold}`, possible: ['withdraw'] });
  }
  return named.length > 0 ? named : refuse('wrong_stage', 'T34', { what: parcel.id });
}

/** A redelivery that is lost ends its exchange or re-shipment (its piece goes on alone); a send-back its exit. */
function endSpecial(draft: Draft, parcel: ParcelState): void {
  if (parcel.claim === null) return;
  const claim = claimOf(draft.state, parcel.claim);
  if (claim.exiting) {
    endExit(draft, claim, 'LOST');
    return;
  }
  // Claims that were split share the parcel.
  for (const row of draft.state.claims)
    if (row.redelivery?.parcel === parcel.id && row.redelivery.state === 'SHIPPED' && !row.closed)
      endRedelivery(draft, row);
}

/** Some of a re-shipment or of goods that are sent back is lost: that part ends, the rest goes on and is delivered. */
function endParts(draft: Draft, lost: readonly Unit[]): void {
  for (const id of new Set(lost.flatMap(({ hold }) => hold ?? []))) {
    const keys = lost.filter(({ hold }) => hold === id).map(({ key }) => key);
    const whole = keys.length === claimOf(draft.state, id).units.length;
    const ended = whole ? id : moveUnits(draft, id, keys);
    const part = claimOf(draft.state, ended);
    if (part.exiting) endExit(draft, part, 'LOST');
    else endRedelivery(draft, part);
  }
}

function endRedelivery(draft: Draft, { id, redelivery }: Claim): void {
  amend(draft, [onClaim(id, { redelivery: { ...redelivery!, state: 'ENDED' } })]);
  closeIfDone(draft, id);
  const stays = claimOf(draft.state, id);
  // A wrong item still on its way back keeps its claim, but no longer the unit that is lost.
  if (!stays.closed && stays.kind === 'RESHIP')
    amend(draft, [onClaim(id, { closed: 'DONE' }), ...stays.units.map((key) => onUnit(key, { hold: null }))]);
}

function refundLost(draft: Draft, units: Unit[]): string {
  const worth = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  const next = newClaim(draft, units, {
    kind: 'RETURN',
    fault: 'CARRIER',
    reason: 'LOST',
    basis: 'CONTRACT',
    accepted: true,
    acceptedSeq: draft.state.version,
    collection: collectionOf(draft, 'NONE'),
    special: ['NO_GOODS'],
    state: 'SET',
  });
  const changes: Change[] = [
    { on: 'newClaim', row: next },
    { on: 'order', set: { counters: { ...draft.state.counters, claim: draft.state.counters.claim + 1 } } },
    ...units.map((unit) => onUnit(unit.key, { hold: next.id })),
    ...owedBy(draft, 'CARRIER', worth, next.id),
  ];
  amend(draft, changes);
  draft.events.at(-1)!.claim ??= next.id;
  quoteAgain(draft, next.id, true);
  amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, next.id))]);
  settle(draft, next.id);
  closeIfDone(draft, next.id);
  return next.id;
}
