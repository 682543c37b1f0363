import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { endIntercepted } from './arrival.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record } from './draft.ts';
import { collectionOf, openClaim } from './new-claim.ts';
import { parcelNamed, unitsTravelling } from './parcel-facts.ts';
import { judge } from './reasons.ts';
import type { Claim, Unit } from './state.ts';

/**
 * T35 수취거부·반송: the parcel came back to the sender: a return whose goods are at the dock when it is opened.
 * Goods that a return or exchange is waiting for have thereby arrived.
 */
export function refuseParcel(draft: Draft): Refusal | string | null {
  const parcel = parcelNamed(draft);
  if (isRefusal(parcel)) return parcel;
  if (parcel.state === 'RETURNED_TO_SENDER')
    return draft.state.claims.findLast((claim) => claim.units.some((key) => parcel.units.includes(key)))?.id ?? null;
  if (parcel.state !== 'SHIPPED' || parcel.purpose === 'SEND_BACK')
    return refuse('wrong_stage', 'T35', { what: parcel.state });
  if (parcel.claim !== null && claimOf(draft.state, parcel.claim).kind === 'RESHIP')
    return refuse('wrong_stage', 'T35', { what: 'RESHIP', possible: ['parcel.lost'] });
  const units = unitsTravelling(draft, parcel).filter((unit) => unit.place === 'OUTBOUND');
  const free = units.filter((unit) => unit.hold === null);
  const back = { on: 'parcel', id: parcel.id, set: { state: 'RETURNED_TO_SENDER' } } as const;
  const waiting = waitingFor(draft, units);
  if (isRefusal(waiting)) return waiting;
  if (free.length === 0 && waiting.length === 0) return refuse('wrong_stage', 'T35', { what: parcel.id });
  let id: string | null = null;
  if (free.length > 0) id = openReturned(draft, free, back);
  else record(draft, 'parcel.refused', waiting[0]!.id, [back]);
  for (const claim of waiting) {
    const collection = { ...claim.collection, state: 'ARRIVED' as const, returnedAt: draft.now, since: draft.now };
    amend(draft, [onClaim(claim.id, { collection }), ...claim.units.map((key) => onUnit(key, { place: 'DOCK' }))]);
    amend(draft, [setDeadline(draft.state, draft.policy, claimOf(draft.state, claim.id))]);
    endIntercepted(draft, claimOf(draft.state, claim.id));
  }
  return id ?? waiting[0]!.id;
}

/** Open returns and exchanges whose goods this parcel brings back; all of a claim's goods must be in it. */
function waitingFor(draft: Draft, units: readonly Unit[]): Claim[] | Refusal {
  const ids = new Set(units.map((unit) => unit.hold).filter((id) => id !== null));
  const claims = [...ids].map((id) => claimOf(draft.state, id));
  for (const claim of claims) {
    const complete = claim.units.every((key) => units.some((unit) => unit.key === key));
    const waits =
      claim.accepted && ['BOOKED', 'FAILED'].includes(claim.collection.state) && claim.collection.method !== 'NONE';
    if (!complete || !waits || claim.exiting || claim.booked)
      return refuse('unit_held', 'T35', { what: claim.id, possible: ['withdraw', 'claim.split'] });
  }
  return claims;
}

function openReturned(draft: Draft, units: Unit[], back: Parameters<typeof amend>[1][number]): string {
  const reason = draft.command.reason ?? 'REFUSED';
  const collection = { ...collectionOf(draft, 'AUTO_PICKUP'), state: 'ARRIVED' as const, returnedAt: draft.now };
  const claim = openClaim(
    draft,
    'parcel.refused',
    units,
    {
      kind: 'RETURN',
      ...judge(reason, draft.command.fault),
      reason,
      accepted: true,
      acceptedSeq: draft.state.version,
      collection,
      state: 'INS',
    },
    [back, ...units.map((unit) => onUnit(unit.key, { place: 'DOCK' }))],
  );
  amend(draft, [setDeadline(draft.state, draft.policy, claim)]);
  endIntercepted(draft, claim);
  return claim.id;
}
