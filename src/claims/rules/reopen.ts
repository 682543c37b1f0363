import { isBeforeShipping, isShipped } from '#orders/rules/unit.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { type Draft, unitOf } from './draft.ts';
import { checkRow, namedClaim, needEvidence, needYes, refuseClaim } from './find.ts';
import { collectionOf, openClaim } from './new-claim.ts';
import { reserve } from './request.ts';
import type { Basis, Claim, Money, Unit } from './state.ts';
import { isInWindow } from './window.ts';

/**
 * T28 재개: a closed claim goes on in a successor that waits for a new decision. After a settled cancel or
 * return it is about money only: the quote is that of the new fault, net of what was taken before.
 */
export function reopen(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  const before = draft.state.claims.find(
    (row) => row.predecessor === claim.id && row.special.includes('REOPENED_BY_M'),
  );
  if (before && !before.closed) return before.id;
  const refusal = checkRow(claim, 'reopen');
  if (refusal) return refusal;
  const last = kstDay(claim.closedAt!) + draft.policy.reopenDays;
  const late = draft.today > last ? needEvidence(draft, 'T28') : null;
  const yes = late ?? needYes(draft, 'T28', null, ['manager'], 540);
  if (yes) return yes;
  return claim.closed === 'DONE' && claim.kind !== 'EXCHANGE' ? reopenMoney(draft, claim) : reopenGoods(draft, claim);
}

/** WDN, REJ, and exchanges: asked for again with the units, or those that stand for them now. */
function reopenGoods(draft: Draft, claim: Claim): Refusal | string {
  const units = claim.units.map((key) => holderOf(draft, key));
  for (const unit of units) {
    if (unit.hold !== null) return refuse('unit_held', 'T28', { what: `${unit.key} ${unit.hold}` });
    const fits =
      claim.kind === 'CANCEL' ? isBeforeShipping(unit.stage) : isShipped(unit.stage) && unit.place !== 'LOST';
    if (!fits) return refuse('wrong_stage', 'T28', { what: `${unit.key} ${unit.stage}` });
  }
  const { kind, fault, reason, wanted } = claim;
  const reserved = wanted ? reserve(draft, wanted, units.length) : [];
  if (isRefusal(reserved)) return reserved;
  const redelivery = wanted && {
    state: 'RESERVED' as const,
    parcel: null,
    reservedAt: draft.now,
    reserved: { [wanted.sku]: units.length },
  };
  const method = claim.collection.method === 'CROSS' ? 'AUTO_PICKUP' : claim.collection.method;
  const goods =
    kind === 'CANCEL' ? collectionOf(draft, 'NONE') : collectionOf(draft, method === 'NONE' ? 'AUTO_PICKUP' : method);
  const next = openClaim(
    draft,
    'reopen',
    units,
    {
      kind,
      fault,
      reason,
      basis: basisNow(draft, claim, units),
      wanted,
      redelivery,
      collection: goods,
      predecessor: claim.id,
      special: ['REOPENED_BY_M'],
    },
    reserved,
  );
  return next.id;
}

/** The customer's right lasts as long as its window (§17①, §17③); only what is past it goes on by goodwill. */
function basisNow({ state, policy, today }: Draft, claim: Claim, units: readonly Unit[]): Basis {
  const { basis } = claim;
  const known = kstDay(claim.declaredAt);
  return units.every((unit) => isInWindow(state, policy, unit, basis, today, known)) ? basis : 'GOODWILL';
}

function holderOf(draft: Draft, key: string): Unit {
  const unit = unitOf(draft.state, key);
  return draft.state.units.find((row) => row.info.root === unit.info.root && row.holder)!;
}

/** DONE cancels and returns: the units are gone; fees taken are credited against those of the new fault. */
function reopenMoney(draft: Draft, claim: Claim): Refusal | string {
  const units = claim.units.map((key) => unitOf(draft.state, key));
  const moved = units.find((unit) => unit.hold !== null || unit.out?.claim !== claim.id);
  if (moved || claim.reason === 'UNPAID' || claim.mall || (claim.booked?.moves.length ?? 0) > 0)
    return refuseClaim('wrong_state', 'T28', claim, moved?.key);
  return followMoney(draft, 'reopen', claim, ['REOPENED', 'REOPENED_BY_M'], {}).id;
}

/** The claim that follows a settled one about money only: its fees are credited against those of the new facts. */
export function followMoney(
  draft: Draft,
  event: string,
  claim: Claim,
  special: string[],
  facts: Partial<Pick<Claim, 'fault' | 'usage'>>,
): Claim {
  const carried: Money[] = (claim.booked?.takings ?? [])
    .filter(({ account }) => account === 'fees' || account === 'usage')
    .map(({ tender, won, account }) => ({ tender, won, account }));
  for (const fee of claim.fees)
    if (fee.state === 'PAID' && fee.tender && (fee.kind === 'RETURN' || fee.kind === 'USAGE'))
      carried.push({ tender: fee.tender, won: fee.amount, account: fee.kind === 'USAGE' ? 'usage' : 'fees' });
  const units = claim.units.map((key) => unitOf(draft.state, key));
  return openClaim(draft, event, units, {
    kind: claim.kind,
    fault: claim.fault,
    reason: claim.reason,
    basis: claim.basis,
    declaredAt: claim.declaredAt,
    collection: claim.collection,
    findings: claim.findings,
    usage: claim.usage,
    carried,
    pickup: claim.pickup,
    predecessor: claim.id,
    special: [...special, ...claim.special.filter((name) => name === 'NO_COLLECT')],
    ...facts,
  });
}
