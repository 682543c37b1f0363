import { isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { amend, claimOf, countSkus, type Draft, inStock, onClaim, onStock } from './draft.ts';
import { worthOf } from './exchange-difference.ts';
import { needEvidence, unitsNamed } from './find.ts';
import { collectionOf, openClaim } from './new-claim.ts';
import { judge } from './reasons.ts';
import { owedBy } from './receivables.ts';
import { newParcel } from './special-parcels.ts';
import type { Unit } from './state.ts';

/** T33 재발송: missing, wrong, damaged or lost pieces go out again, at no cost for the customer. */
export function reship(draft: Draft): Refusal | string | null {
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  for (const unit of units) {
    if (unit.hold !== null) return refuse('unit_held', 'T33', { what: `${unit.key} ${unit.hold}` });
    const there = unit.stage === 'DELIVERED' || unit.stage === 'CONFIRMED' || unit.place === 'LOST';
    if (!there || isTerminalStage(unit.stage))
      return refuse('wrong_stage', 'T33', { what: `${unit.key} ${unit.stage}` });
  }
  const { fault } = judge(draft.command.reason!, draft.command.fault);
  if (fault === 'BUYER')
    return refuse('wrong_state', 'T33', { what: draft.command.reason, possible: ['exchange.request'] });
  const refusal = needEvidence(draft, 'T33');
  return refusal ?? openReship(draft, units, draft.command.reason!);
}

/** Opens the re-shipment; who lost or spoiled the goods owes what they were worth. */
export function openReship(draft: Draft, units: Unit[], reason: string): Refusal | string {
  const skus = countSkus(units, 1);
  if (!inStock(draft.state, skus))
    return refuse('out_of_stock', 'T33', { possible: ['return.request', 'parcel.lost'] });
  const judged = judge(reason, undefined);
  const wrong = reason === 'WRONG_ITEM';
  const claim = openClaim(
    draft,
    'reship',
    units,
    {
      kind: 'RESHIP',
      ...judged,
      reason,
      accepted: true,
      acceptedSeq: draft.state.version,
      state: 'RED',
      waived: true,
      collection: { ...collectionOf(draft, wrong ? 'AUTO_PICKUP' : 'NONE'), state: wrong ? 'BOOKED' : 'NONE' },
      redelivery: { state: 'RESERVED', parcel: null, reservedAt: draft.now, reserved: skus },
    },
    [onStock(draft.state, countSkus(units, -1))],
  );
  const id = draft.command.type === 'reship' ? draft.command.parcel : undefined;
  const taken = id !== undefined && draft.state.parcels.some((row) => row.id === id);
  const { parcel, changes } = newParcel(draft, claim, 'REDELIVERY', claim.units, taken ? undefined : id);
  const now = claimOf(draft.state, claim.id);
  amend(draft, [
    onClaim(claim.id, { redelivery: { ...now.redelivery!, parcel: parcel.id } }),
    ...changes,
    ...debtOf(draft, claim.id, units, judged.fault),
  ]);
  return claim.id;
}

function debtOf(draft: Draft, claim: string, units: readonly Unit[], fault: string) {
  const worth = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  if (fault === 'CARRIER') {
    // A parcel that was told lost has its receivable already.
    const known = draft.state.receivables.some(
      (row) => row.reason === 'CARRIER' && row.claim === null && row.amount === worth,
    );
    return known ? [] : owedBy(draft, 'CARRIER', worth, claim);
  }
  const partner = units.find((unit) => unit.info.consigned)?.info.partner;
  const consigned = units.filter((unit) => unit.info.consigned && unit.info.partner === partner);
  if (!partner || fault !== 'SELLER') return [];
  return owedBy(
    draft,
    'PARTNER',
    consigned.reduce((sum, unit) => sum + worthOf(unit), 0),
    claim,
    partner,
  );
}
