import { isShipped, isTerminalStage } from '#orders/rules/unit.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { acceptIfAllowed } from './accept.ts';
import { claimOf, type Draft, inStock, onStock } from './draft.ts';
import type { Change } from './event.ts';
import { needEvidence, refusePolicy, unitsNamed } from './find.ts';
import { collectionOf, openClaim, predecessorOf } from './new-claim.ts';
import { checkProduct } from './other-product.ts';
import { judge, PHOTO_REASONS } from './reasons.ts';
import type { Basis, Claim, Unit, Wanted } from './state.ts';
import { undoExit } from './undo-exit.ts';
import { usageOf } from './usage-deduction.ts';
import { isInGoodwill, isInWindow } from './window.ts';

/** T7 반품접수. Goods of a claim that is on its way out, not yet packed, simply stay: that claim goes on (section 2.4). */
export function requestReturn(draft: Draft): Refusal | string | null {
  const undone = undoExit(draft);
  return undone ?? requestGoods(draft, 'RETURN', null);
}

/** T21 교환접수: as a return, with a replacement that is reserved at once for exchangeReserveHours. */
export function requestExchange(draft: Draft): Refusal | string | null {
  return requestGoods(draft, 'EXCHANGE', draft.command.wanted!);
}

function requestGoods(draft: Draft, kind: 'RETURN' | 'EXCHANGE', wanted: Wanted | null): Refusal | string {
  const rule = kind === 'RETURN' ? 'T7' : 'T21';
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  const reason = draft.command.reason ?? 'OTHER';
  const { fault, basis } = judge(reason, draft.command.fault);
  const refusal =
    checkUnits(draft, rule, units) ??
    (PHOTO_REASONS.includes(reason) && draft.policy.defectJudge !== 'INSPECT' ? needEvidence(draft, rule) : null);
  if (refusal) return refusal;
  const lawful = legalBasis(draft, rule, units, basis);
  if (isRefusal(lawful)) return lawful;
  const pickup = joined(draft);
  if (isRefusal(pickup)) return pickup;
  const usage = usageOf(draft, fault, units);
  if (isRefusal(usage)) return usage;
  const given: Partial<Claim> & Pick<Claim, 'kind' | 'fault' | 'reason' | 'basis'> = {
    kind,
    fault,
    reason,
    basis: kind === 'EXCHANGE' && lawful !== 'GOODWILL' ? 'CONTRACT' : lawful,
    usage,
    predecessor: predecessorOf(draft, kind, units),
  };
  if (pickup) {
    given.pickup = pickup.pickup;
    given.collection = { ...collectionOf(draft, pickup.collection.method), sentPay: pickup.collection.sentPay };
  }
  const other = wanted ? checkProduct(draft, units, wanted) : null;
  if (other) return other;
  const reserved = wanted ? reserve(draft, wanted, units.length) : [];
  if (isRefusal(reserved)) return reserved;
  if (wanted) {
    given.wanted = wanted;
    given.redelivery = {
      state: 'RESERVED',
      parcel: null,
      reservedAt: draft.now,
      reserved: { [wanted.sku]: units.length },
    };
  }
  const claim = openClaim(draft, draft.command.type, units, given, reserved);
  return acceptIfAllowed(draft, claim.id) ?? claim.id;
}

export function checkUnits(draft: Draft, rule: string, units: readonly Unit[]): Refusal | null {
  for (const unit of units) {
    if (unit.hold !== null) {
      const possible = claimOf(draft.state, unit.hold).exiting ? [] : ['convert', 'withdraw'];
      return refuse('unit_held', rule, { what: `${unit.key} ${unit.hold}`, possible });
    }
    if (isTerminalStage(unit.stage)) return refuse('wrong_stage', rule, { what: `${unit.key} ${unit.stage}` });
    if (!isShipped(unit.stage))
      return refuse('wrong_stage', rule, { what: `${unit.key} ${unit.stage}`, possible: ['cancel.request'] });
    if (unit.place === 'LOST')
      return refuse('wrong_stage', rule, { what: `${unit.key} LOST`, possible: ['parcel.lost', 'reship'] });
  }
  return null;
}

/** Inside its window a claim rests on the law; outside only on a yes (goodwill). A written declaration counts when sent (§17④). */
export function legalBasis(draft: Draft, rule: string, units: readonly Unit[], basis: Basis): Basis | Refusal {
  const { state, policy, command } = draft;
  const day = kstDay(command.declaredAt);
  const known = command.known ?? day;
  if (known > day) return refuse('date_out_of_range', rule, { what: 'known' });
  if (units.every((unit) => isInWindow(state, policy, unit, basis, day, known))) return basis;
  if (units.every((unit) => isInGoodwill(state, policy, unit, basis, day))) {
    draft.grant = `POLICY goodwillDays ${policy.version}`;
    return 'GOODWILL';
  }
  if (!command.approved && basis !== 'A17_1') return refuse('outside_window', rule, { possible: ['compensate'] });
  if (!command.approved) return refusePolicy(draft, 'outside_window', rule, 'windowDays', ['compensate']);
  draft.grant = 'APPROVAL';
  return 'GOODWILL';
}

/** joinPickup: the pick-up of another claim, as long as nothing of it has been picked up (묶음 회수). */
function joined(draft: Draft): Claim | null | Refusal {
  const id = draft.command.joinPickup;
  if (id === undefined) return null;
  const claim = draft.state.claims.find((row) => row.id === id);
  if (!claim) return refuse('claim_unknown', 'M5', { what: id });
  const early = ['NONE', 'PLANNED', 'BOOKED'].includes(claim.collection.state) && claim.collection.method !== 'NONE';
  if (claim.closed) return refuse('claim_closed', 'M5', { what: id });
  if (!early || claim.exiting) return refuse('wrong_state', 'M5', { what: id });
  const hours = draft.policy.bundleReturnHours * 3_600_000;
  return draft.now - claim.openedAt > hours ? refusePolicy(draft, 'policy_forbids', 'M5', 'bundleReturnHours') : claim;
}

/** Takes replacements out of free stock, or refuses `out_of_stock`. */
export function reserve(draft: Draft, wanted: Wanted, count: number): Change[] | Refusal {
  if (!inStock(draft.state, { [wanted.sku]: count }))
    return refuse('out_of_stock', 'T21', { what: wanted.sku, possible: ['return.request', 'convert.toReturn'] });
  return [onStock(draft.state, { [wanted.sku]: -count })];
}
