import { isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { acceptIfAllowed } from './accept.ts';
import { chargeAsBooked } from './balance.ts';
import { unbook } from './booking.ts';
import { creditEntries } from './cancel-too-late.ts';
import { claimFor } from './claim-for.ts';
import { isInspected } from './claim-state.ts';
import { closeIfDone } from './closing.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, inStock, onClaim, onStock, onUnit, record, unitOf, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { chargeExchange } from './exchange-fees.ts';
import { checkUndoable, namedClaim, refuseClaim } from './find.ts';
import { newClaim } from './new-claim.ts';
import { checkProduct } from './other-product.ts';
import { bringIn } from './put-away.ts';
import { judge } from './reasons.ts';
import { rebalance } from './rebalance.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Claim, Wanted } from './state.ts';
import { releaseReservation } from './withdraw.ts';

/** T26a, T26b, T26c: return ↔ exchange without a second pick-up; what was paid is carried over. */
export function convert(draft: Draft): Refusal | string | null {
  const { type } = draft.command;
  const to = draft.command.to ?? (type === 'convert.toExchange' ? 'EXCHANGE' : 'RETURN');
  const named = namedClaim(draft);
  if (isRefusal(named)) return named;
  const next = draft.state.claims.find((claim) => claim.convertedFrom === named.id);
  if (named.closed === 'CNV' && next?.kind === to) return next.id;
  if (named.exiting) return refuseClaim('wrong_state', 'T26a', named);
  if (to === 'EXCHANGE') return toExchange(draft);
  const shipped = named.redelivery?.state === 'SHIPPED';
  if (type === 'convert.afterShip' && !shipped) return refuseClaim('wrong_state', 'T26c', named);
  if (shipped && named.kind === 'EXCHANGE') return afterShip(draft, named);
  if (shipped) return refuseClaim('already_shipped', 'T26b', named);
  return toReturn(draft);
}

function toExchange(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'convert.toExchange');
  if (claim === null || isRefusal(claim)) return claim;
  if (claim.collection.method === 'NONE' || claim.collection.state === 'LOST')
    return refuseClaim('wrong_state', 'T26a', claim);
  const refusal = checkUndoable(claim, 'T26a');
  if (refusal) return refusal;
  const first = unitOf(draft.state, claim.units[0]!);
  const wanted: Wanted = draft.command.wanted ?? { sku: first.info.sku, listPrice: first.price };
  const other = checkProduct(draft, unitsOf(draft.state, claim), wanted);
  if (other) return other;
  const reserved = { [wanted.sku]: claim.units.length };
  if (!inStock(draft.state, reserved)) return refuse('out_of_stock', 'T26a', { what: wanted.sku });
  const redelivery = { state: 'RESERVED' as const, parcel: null, reservedAt: draft.now, reserved };
  return follow(draft, claim, 'convert.toExchange', { kind: 'EXCHANGE', wanted, redelivery }, [
    onStock(draft.state, { [wanted.sku]: -claim.units.length }),
  ]);
}

function toReturn(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'convert.toReturn');
  if (claim === null || isRefusal(claim)) return claim;
  const refusal = checkUndoable(claim, 'T26b');
  if (refusal) return refusal;
  // A re-shipment that gives up has no goods to collect, unless a wrong item is on its way back.
  const special = claim.kind === 'RESHIP' && claim.collection.method === 'NONE' ? ['NO_GOODS'] : [];
  return follow(
    draft,
    claim,
    'convert.toReturn',
    { kind: 'RETURN', wanted: null, redelivery: null, special },
    releaseReservation(draft, claim),
  );
}

const CONVERTED = { carried: [], fees: [], booked: null, hold: null, dueOn: null, anchorOn: null };

/** The claim that follows: same units, same pick-up, a fresh quote; a refund of goods at the dock counts from now (§18②). */
function follow(
  draft: Draft,
  claim: Claim,
  event: string,
  given: Partial<Claim> & Pick<Claim, 'kind'>,
  changes: Change[],
): string {
  record(draft, event, claim.id, changes);
  if (claim.kind === 'RESHIP') amend(draft, bringIn(draft, claim));
  const undone = unbook(draft, claim.id);
  const from = claimOf(draft.state, claim.id);
  const next: Claim = {
    ...newClaim(draft, unitsOf(draft.state, from), {
      ...given,
      fault: from.fault,
      reason: from.reason,
      basis: basisOf(from, given.kind),
    }),
    pickup: from.pickup,
    collection: from.collection,
    findings: from.findings,
    failed: from.failed,
    hold: from.hold,
    accepted: from.accepted,
    acceptedSeq: from.acceptedSeq,
    usage: from.usage,
    carried: from.carried,
    convertedFrom: from.id,
  };
  amend(
    draft,
    [
      onClaim(from.id, { closed: 'CNV', convertedTo: next.id, ...CONVERTED }),
      { on: 'newClaim', row: next },
      { on: 'order', set: { counters: { ...draft.state.counters, claim: draft.state.counters.claim + 1 } } },
      ...from.units.map((key) => onUnit(key, { hold: next.id })),
    ],
    creditEntries(from.id, next),
  );
  // A fee that was waived leaves with the claim, and what it had charged with it.
  chargeAsBooked(draft);
  rebalance(draft, from.id, undone);
  quoteAgain(draft, next.id, true);
  proceed(draft, next.id);
  closeIfDone(draft, next.id);
  return next.id;
}

function basisOf(claim: Claim, kind: Claim['kind']): Claim['basis'] {
  if (claim.basis === 'GOODWILL') return 'GOODWILL';
  return kind === 'EXCHANGE' ? 'CONTRACT' : judge(claim.reason, claim.fault).basis;
}

/** Takes the new claim to where its goods already are. */
function proceed(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  if (!claim.accepted) {
    acceptIfAllowed(draft, id);
    return;
  }
  amend(draft, [setDeadline(draft.state, draft.policy, claim)]);
  const { state } = claim.collection;
  const ready = state === 'LOST' || state === 'NONE' || (state === 'ARRIVED' && isInspected(claim));
  if (ready) settle(draft, id);
  else if (claim.kind === 'EXCHANGE') chargeExchange(draft, id);
}

/** T26c: the replacement is already on its way; it is intercepted or collected under a return of its own. */
function afterShip(draft: Draft, claim: Claim): Refusal | string {
  const children = draft.state.units.filter(
    (unit) => unit.parcel === claim.redelivery!.parcel && unit.info.child > 0 && unit.holder,
  );
  const free = children.filter((unit) => unit.hold === null && !isTerminalStage(unit.stage));
  if (free.length === 0) {
    const held = children.find((unit) => unit.hold !== null);
    return held ? held.hold! : refuseClaim('wrong_state', 'T26c', claim);
  }
  const next = newClaim(draft, free, { kind: 'RETURN', fault: claim.fault, reason: claim.reason, basis: claim.basis });
  record(draft, 'convert.afterShip', claim.id, [
    { on: 'newClaim', row: { ...next, convertedFrom: claim.id } },
    { on: 'order', set: { counters: { ...draft.state.counters, claim: draft.state.counters.claim + 1 } } },
    ...free.map((unit) => onUnit(unit.key, { hold: next.id })),
  ]);
  quoteAgain(draft, next.id, true);
  acceptIfAllowed(draft, next.id);
  return next.id;
}
