import { isBefore, isBeforeShipping, isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { missShipment } from './cancel-too-late.ts';
import { capture } from './capture.ts';
import { refundStarted } from './claim-state.ts';
import { claimOf, type Draft, onUnit, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import type { ParcelState } from './order-parts.ts';
import { deliverSpecial, nextParcel, packSpecial } from './special-parcels.ts';
import type { Unit } from './state.ts';

/** The parcel that a command names. */
export function parcelNamed(draft: Draft, id = draft.command.parcel!): ParcelState | Refusal {
  const found = draft.state.parcels.find((parcel) => parcel.id === id);
  return found ?? refuse('bad_input', 'T0', { what: `parcel ${id}` });
}

/** Units of a parcel that still go with it: not those out of the order, nor those a started refund takes out. */
export function unitsTravelling(draft: Draft, parcel: ParcelState): Unit[] {
  return parcel.units
    .map((key) => unitOf(draft.state, key))
    .filter((unit) => !isTerminalStage(unit.stage) && (parcel.purpose !== 'ORDER' || !isLeaving(draft, unit)));
}

function isLeaving(draft: Draft, unit: Unit): boolean {
  if (unit.hold === null || !isBeforeShipping(unit.stage)) return false;
  const claim = claimOf(draft.state, unit.hold);
  return claim.kind === 'CANCEL' && refundStarted(claim) !== 'no';
}

const RANK = { PLANNED: 0, PACKED: 1, SHIPPED: 2, DELIVERED: 3, LOST: 4, RETURNED_TO_SENDER: 4, DROPPED: 4 } as const;

/** T0 상품준비, 송장등록: the parcel is packed or has a waybill; both leave the unit PREPARING until the first scan. */
export function prepareParcel(draft: Draft): Refusal | string | null {
  const next = nextParcel(draft, draft.command.parcel!);
  const parcel = next ? next.parcel : parcelNamed(draft);
  if (isRefusal(parcel)) return parcel;
  const { type, carrier, trackingNo } = draft.command;
  const isWaybill = type === 'parcel.waybill';
  if (RANK[parcel.state] >= RANK.SHIPPED || (isWaybill ? parcel.waybillAt !== null : parcel.state === 'PACKED'))
    return null;
  const units = unitsTravelling(draft, parcel).filter((unit) => isBeforeShipping(unit.stage));
  if (parcel.purpose === 'ORDER' && units.length > 0) imply(draft, units);
  const changes: Change[] = [
    ...(next?.changes ?? []),
    {
      on: 'parcel',
      id: parcel.id,
      set: {
        state: 'PACKED',
        ...(isWaybill
          ? { waybillAt: draft.now, carrier: carrier ?? parcel.carrier, trackingNo: trackingNo ?? parcel.trackingNo }
          : {}),
      },
    },
  ];
  if (parcel.purpose === 'ORDER') for (const unit of units) changes.push(onUnit(unit.key, { stage: 'PREPARING' }));
  else changes.push(...packSpecial(draft, parcel));
  record(draft, type, parcel.claim, changes);
  return parcel.claim;
}

/** Goods that leave an order not yet paid imply that it was paid. */
function imply(draft: Draft, units: readonly Unit[]): void {
  if (units.some((unit) => unit.stage === 'UNPAID')) capture(draft, null);
}

/** T0 집화: the first carrier scan. A cancel that is still open comes too late (T3). */
export function shipParcel(draft: Draft): Refusal | string | null {
  const parcel = parcelNamed(draft);
  if (isRefusal(parcel)) return parcel;
  if (parcel.state === 'DROPPED') return refuse('wrong_stage', 'T0', { what: parcel.state });
  if (RANK[parcel.state] >= RANK.SHIPPED) return null;
  return ship(draft, parcel);
}

function ship(draft: Draft, parcel: ParcelState): Refusal | string | null {
  if (parcel.purpose === 'REDELIVERY' && isExchange(draft, parcel))
    return refuse('wrong_state', 'T22', { possible: ['exchange.ship'] });
  const units = unitsTravelling(draft, parcel);
  if (parcel.purpose === 'ORDER') imply(draft, units);
  const changes: Change[] = [{ on: 'parcel', id: parcel.id, set: { state: 'SHIPPED', shippedAt: draft.now } }];
  if (parcel.purpose === 'ORDER')
    for (const unit of units)
      if (isBefore(unit.stage, 'SHIPPED'))
        changes.push(onUnit(unit.key, { stage: 'SHIPPED', place: 'OUTBOUND', shipped: true }));
  if (parcel.purpose !== 'ORDER') changes.push(...packSpecial(draft, parcel, 'SHIPPED'));
  record(draft, 'parcel.shipped', parcel.claim, changes);
  return parcel.purpose === 'ORDER' ? missShipment(draft, parcel, units) : parcel.claim;
}

function isExchange(draft: Draft, parcel: ParcelState): boolean {
  return parcel.claim !== null && claimOf(draft.state, parcel.claim).kind === 'EXCHANGE';
}

/** T0 배송완료: implies the scan. Ends exchanges, re-shipments and exits whose parcel it is. */
export function deliverParcel(draft: Draft, id = draft.command.parcel!): Refusal | string | null {
  const parcel = parcelNamed(draft, id);
  if (isRefusal(parcel)) return parcel;
  if (RANK[parcel.state] > RANK.DELIVERED) return refuse('wrong_stage', 'T0', { what: parcel.state });
  if (parcel.state === 'DELIVERED') return null;
  let claim: Refusal | string | null = parcel.claim;
  if (parcel.state !== 'SHIPPED') claim = ship(draft, parcel);
  if (isRefusal(claim)) return claim;
  const changes: Change[] = [{ on: 'parcel', id: parcel.id, set: { state: 'DELIVERED', deliveredAt: draft.now } }];
  if (parcel.purpose === 'ORDER') {
    for (const unit of unitsTravelling(draft, parcel))
      if (unit.stage === 'SHIPPED') changes.push(onUnit(unit.key, arrived(draft, unit)));
    record(draft, 'parcel.delivered', claim, changes);
    return claim;
  }
  record(draft, 'parcel.delivered', parcel.claim, changes);
  deliverSpecial(draft, parcel);
  return parcel.claim;
}

/** Delivered; a piece that is already on its way back stays where it is. */
function arrived(draft: Draft, unit: Unit): Partial<Unit> {
  const place = unit.place === 'OUTBOUND' ? 'CUSTOMER' : unit.place;
  return { stage: 'DELIVERED', place, deliveredAt: draft.now };
}

/** T0 구매확정: implies delivery. It does not end the rights of 전자상거래법 §17. */
export function confirmUnits(draft: Draft): Refusal | string | null {
  const { units: refs, by } = draft.command;
  const keys = refs!.map((ref) => (ref.child ? `${ref.line}.${ref.unitNo}.${ref.child}` : `${ref.line}.${ref.unitNo}`));
  for (const key of keys) {
    const unit = draft.state.units.find((row) => row.key === key);
    if (!unit) return refuse('unit_unknown', 'T0', { what: key });
    if (unit.hold !== null) return refuse('unit_held', 'T0', { what: `${key} ${unit.hold}` });
    if (isTerminalStage(unit.stage)) return refuse('wrong_stage', 'T0', { what: `${key} ${unit.stage}` });
    if (isBefore(unit.stage, 'DELIVERED') && unit.parcel === null)
      return refuse('wrong_stage', 'T0', { what: unit.stage });
    const day = 86_400_000 * draft.policy.autoConfirmDays;
    if (by === 'SYSTEM' && unit.deliveredAt !== null && draft.now < unit.deliveredAt + day)
      return refuse('too_early', 'T0', { policy: 'autoConfirmDays', version: draft.policy.version });
  }
  for (const key of keys) {
    const unit = unitOf(draft.state, key);
    if (!isBefore(unit.stage, 'DELIVERED')) continue;
    const answer = deliverParcel(draft, unit.parcel!);
    if (isRefusal(answer)) return answer;
  }
  const open = keys.filter((key) => unitOf(draft.state, key).stage === 'DELIVERED');
  if (open.length > 0)
    record(
      draft,
      'unit.confirm',
      null,
      open.map((key) => onUnit(key, { stage: 'CONFIRMED' })),
    );
  return null;
}
