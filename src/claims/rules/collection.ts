import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import { type Draft, onClaim, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { checkRow, namedClaim, refuseClaim, refusePolicy } from './find.ts';
import type { Claim, Collection } from './state.ts';

/** Claims whose goods travel with this one's, itself among them: what the driver does, he does to all. */
export function sharingPickup(draft: Draft, claim: Claim): Claim[] {
  return draft.state.claims.filter(
    (row) =>
      row.id === claim.id ||
      (row.pickup === claim.pickup && !row.closed && row.accepted && row.collection.state === claim.collection.state),
  );
}

function moveAll(
  draft: Draft,
  claim: Claim,
  event: string,
  set: (collection: Collection) => Partial<Collection>,
  more: Change[] = [],
): void {
  const changes = sharingPickup(draft, claim).map((row) =>
    onClaim(row.id, { collection: { ...row.collection, ...set(row.collection) } }),
  );
  record(draft, event, claim.id, [...changes, ...more]);
}

const AFTER = ['PICKED_UP', 'ARRIVED'];

/** T9 수거: the driver has the goods; the waybill must match when both are known. */
export function scanPickup(draft: Draft): Refusal | string | null {
  const named = namedClaim(draft);
  if (isRefusal(named)) return named;
  if (AFTER.includes(named.collection.state)) return named.id;
  const refusal = checkRow(named, 'pickup.scan') ?? checkWaybill(draft, named);
  if (refusal) return refusal;
  if (named.collection.state !== 'BOOKED') return refuseClaim('wrong_state', 'T9', named, named.collection.state);
  const moved = sharingPickup(draft, named).flatMap((claim) => (claim.kind === 'RESHIP' ? [] : claim.units));
  moveAll(
    draft,
    named,
    'pickup.scan',
    (collection) => ({
      state: 'PICKED_UP',
      waybill: draft.command.waybill ?? collection.waybill,
      pickedUpAt: draft.now,
      since: draft.now,
    }),
    moved.map((key) => onUnit(key, { place: 'INBOUND' })),
  );
  return named.id;
}

export function checkWaybill(draft: Draft, { collection }: Claim): Refusal | null {
  const { waybill } = draft.command;
  const known = collection.waybill;
  if (waybill === undefined || known === null || waybill === known) return null;
  return refuseClaim('bad_input', 'T9', null, `waybill ${waybill} ≠ ${known}`);
}

/**
 * T10 미수거. At pickupMaxAttempts a task is made; a statutory withdrawal then goes on as 직접 발송, since it may
 * not die of a missed pick-up (전자상거래법 §17).
 */
export function failPickup(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (claim.collection.state === 'FAILED') return claim.id;
  const refusal = checkRow(claim, 'pickup.fail');
  if (refusal) return refusal;
  if (claim.collection.state !== 'BOOKED' || claim.collection.method === 'CUSTOMER_SENDS')
    return refuseClaim('wrong_state', 'T10', claim, claim.collection.state);
  const attempts = claim.collection.attempts + 1;
  const last = attempts >= draft.policy.pickupMaxAttempts;
  const lawful = claim.basis === 'A17_1' || claim.basis === 'A17_3';
  const tasks = last
    ? [...draft.state.tasks, { what: 'PICKUP_FAILED', owner: 'A' as const, at: draft.now }]
    : draft.state.tasks;
  moveAll(
    draft,
    claim,
    'pickup.fail',
    () =>
      last && lawful
        ? { attempts, method: 'CUSTOMER_SENDS', state: 'BOOKED', since: draft.now }
        : { attempts, state: 'FAILED', since: draft.now },
    [{ on: 'order', set: { tasks } }],
  );
  return claim.id;
}

/** T10 재접수: the pick-up is booked again, up to pickupMaxAttempts. */
export function bookPickup(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (claim.collection.state === 'BOOKED') return claim.id;
  const refusal = checkRow(claim, 'pickup.book');
  if (refusal) return refusal;
  if (claim.collection.state !== 'FAILED' && claim.collection.state !== 'PLANNED')
    return refuseClaim('wrong_state', 'T10', claim, claim.collection.state);
  if (claim.collection.attempts >= draft.policy.pickupMaxAttempts)
    return refusePolicy(draft, 'policy_forbids', 'T10', 'pickupMaxAttempts', ['arrive', 'withdraw']);
  moveAll(draft, claim, 'pickup.book', () => ({ state: 'BOOKED', since: draft.now }));
  return claim.id;
}
