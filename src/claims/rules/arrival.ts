import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import { checkWaybill, sharingPickup } from './collection.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import { checkRow, namedClaim, refuseClaim, unitsInClaim } from './find.ts';
import type { TenderState } from './order-parts.ts';
import { raiseVat, repay } from './repay.ts';
import { moveUnits } from './split.ts';
import type { Claim } from './state.ts';

/**
 * T11 입고: the goods are at the dock; the refund clock of 전자상거래법 §18② starts. Fewer units than the claim
 * has: T12 부분입고, the rest goes on in a claim of its own.
 */
export function arrive(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (claim.collection.state === 'ARRIVED') return claim.id;
  const refusal = checkRow(claim, 'arrive') ?? checkWaybill(draft, claim);
  if (refusal) return refusal;
  if (!['BOOKED', 'PICKED_UP', 'FAILED'].includes(claim.collection.state))
    return refuseClaim('wrong_state', 'T11', claim, claim.collection.state);
  const keys = unitsInClaim(draft, claim);
  if (isRefusal(keys)) return keys;
  const partial = keys.length < claim.units.length;
  if (partial && (claim.kind === 'RESHIP' || claim.exiting || claim.booked))
    return refuseClaim('wrong_state', 'T12', claim);
  const together = partial ? [claim] : sharingPickup(draft, claim);
  record(draft, partial ? 'arrive.partial' : 'arrive', claim.id, []);
  if (partial)
    moveUnits(
      draft,
      claim.id,
      claim.units.filter((key) => !keys.includes(key)),
    );
  for (const row of together) land(draft, claimOf(draft.state, row.id));
  if (draft.command.cash) findCash(draft, bearerOf(draft, together, claim.id), draft.command.cash);
  for (const row of together) {
    amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, row.id))]);
    endIntercepted(draft, claimOf(draft.state, row.id));
  }
  return claim.id;
}

function land(draft: Draft, claim: Claim): void {
  const fare = draft.command.fare ?? claim.collection.fare;
  const collection = { ...claim.collection, state: 'ARRIVED' as const, fare, returnedAt: draft.now, since: draft.now };
  const changes: Change[] = [onClaim(claim.id, { collection })];
  if (claim.kind !== 'RESHIP') for (const key of claim.units) changes.push(onUnit(key, { place: 'DOCK' }));
  amend(draft, changes);
}

/** Who of the claims in a box bears its fee; the one that was named when none does. */
function bearerOf(draft: Draft, together: readonly Claim[], named: string): string {
  const bears = ({ id }: Claim) => {
    const { returnFee, exchangeFee } = claimOf(draft.state, id).quote;
    return returnFee + exchangeFee > 0;
  };
  return together.find(bears)?.id ?? named;
}

/** M5: a fee found in the box (동봉) is credited under a tender of its own. */
function findCash(draft: Draft, id: string, won: number): void {
  const claim = claimOf(draft.state, id);
  const tender = `cash/${id}`;
  const row: TenderState = {
    id: tender,
    kind: 'CASH',
    role: 'FEE',
    amount: won,
    captured: won,
    refunded: 0,
    partialCancel: 'YES',
    refundLimitAt: null,
    replacedBy: null,
  };
  const money = { tender, won };
  const open = (claim.kind === 'RETURN' || claim.kind === 'EXCHANGE') && !claim.booked && !claim.exiting;
  amend(
    draft,
    [{ on: 'newTender', row }, ...(open ? [onClaim(id, { carried: [...claim.carried, money] })] : [])],
    [[`collected/${tender}`, `credit/${id}`, won]],
  );
  amend(draft, [raiseVat(draft)]);
  // Its money is settled already: what was in the box goes back.
  if (!open) repay(draft, id, [money]);
}

/** T26c: a replacement that comes back before it was delivered ends the exchange that sent it. */
export function endIntercepted(draft: Draft, claim: Claim): void {
  for (const key of claim.units) {
    const unit = unitOf(draft.state, key);
    if (unit.info.child === 0 || unit.deliveredAt !== null) continue;
    const exchanges = draft.state.claims.filter(
      (row) =>
        row.kind === 'EXCHANGE' &&
        !row.closed &&
        row.redelivery?.state === 'SHIPPED' &&
        row.redelivery.parcel === unit.parcel,
    );
    if (exchanges.length === 0) continue;
    const parcel = draft.state.parcels.find((row) => row.id === unit.parcel)!;
    const left = parcel.units.filter((other) => other !== key);
    // The other pieces of the parcel are still on their way.
    if (left.some((other) => unitOf(draft.state, other).place === 'OUTBOUND')) {
      amend(draft, [{ on: 'parcel', id: parcel.id, set: { units: left } }]);
      continue;
    }
    amend(draft, [{ on: 'parcel', id: parcel.id, set: { state: 'RETURNED_TO_SENDER' } }]);
    for (const { id, redelivery } of exchanges) {
      amend(draft, [onClaim(id, { redelivery: { ...redelivery!, state: 'ENDED' } })]);
      closeIfDone(draft, id);
    }
  }
}
