import { isBeforeShipping, isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { acceptCancelIfAllowed } from './accept.ts';
import { all, closeIfDone } from './closing.ts';
import { compensationOf } from './compensation.ts';
import { setDeadline } from './deadline.ts';
import { amend, claimOf, countSkus, type Draft, onClaim, onStock, onUnit } from './draft.ts';
import type { Change } from './event.ts';
import { unitsNamed } from './find.ts';
import { openClaim, predecessorOf } from './new-claim.ts';
import { EMPTY_QUOTE, sealQuote } from './quote.ts';
import { judge } from './reasons.ts';
import { couponsUntil, restoredCoupons } from './restoration.ts';
import { settle } from './settling.ts';
import type { Unit } from './state.ts';

/** Units that a cancel asks for: not shipped, not held by another claim. */
export function cancellable(draft: Draft, rule: string): Unit[] | Refusal {
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  for (const unit of units) {
    if (unit.hold !== null)
      return refuse('unit_held', rule, { what: `${unit.key} ${unit.hold}`, possible: ['withdraw'] });
    if (isTerminalStage(unit.stage)) return refuse('wrong_stage', rule, { what: `${unit.key} ${unit.stage}` });
    if (!isBeforeShipping(unit.stage))
      return refuse('already_shipped', rule, { what: unit.key, possible: ['return.request', 'exchange.request'] });
  }
  return units;
}

/** T1 취소접수. What is PAID is accepted at once; what is being prepared waits for the stop (출고중지). */
export function requestCancel(draft: Draft): Refusal | string | null {
  const units = cancellable(draft, 'T1');
  if (isRefusal(units)) return units;
  return openCancel(draft, units, draft.command.reason ?? 'OTHER');
}

export function openCancel(draft: Draft, units: Unit[], reason: string): string {
  const { fault, basis } = judge(reason, draft.command.fault);
  const claim = openClaim(draft, 'cancel.request', units, {
    kind: 'CANCEL',
    fault,
    basis,
    reason,
    predecessor: predecessorOf(draft, 'CANCEL', units),
  });
  amend(draft, [setDeadline(draft.state, draft.policy, claim)]);
  acceptCancelIfAllowed(draft, claim.id);
  return claim.id;
}

/** T5 입금전취소: the whole unpaid order is cancelled; nothing was captured, nothing goes back. */
export function cancelUnpaid(draft: Draft): Refusal | string | null {
  const units = draft.state.units.filter((unit) => unit.stage === 'UNPAID');
  if (units.length === 0) {
    const done = draft.state.claims.find((claim) => claim.reason === 'UNPAID' && claim.closed === 'DONE');
    return done ? done.id : refuse('wrong_stage', 'T5', { possible: ['cancel.request'] });
  }
  const held = units.find((unit) => unit.hold !== null);
  if (held) return refuse('unit_held', 'T5', { what: `${held.key} ${held.hold}` });
  if (draft.state.tenders.some((tender) => tender.captured > 0))
    return refuse('wrong_stage', 'T5', { possible: ['cancel.request'] });
  const keys = units.map((unit) => unit.key);
  const given = {
    kind: 'CANCEL',
    fault: 'BUYER',
    basis: 'A17_1',
    reason: 'UNPAID',
    accepted: true,
    closed: 'DONE',
  } as const;
  const id = `k${draft.state.counters.claim + 1}`;
  const changes: Change[] = keys.map((key) => onUnit(key, { stage: 'CANCELLED', out: { claim: id, buyer: true } }));
  const charged = Object.fromEntries(draft.state.order.groups.map((group) => [group.id, 0]));
  changes.push(onStock(draft.state, countSkus(units, 1)), { on: 'order', set: { charged, reclaimed: 0, taken: [] } });
  for (const tender of draft.state.tenders) changes.push({ on: 'tender', id: tender.id, set: { amount: 0 } });
  openClaim(draft, 'cancel.unpaid', units, { ...given, state: 'DONE' }, changes);
  const claim = claimOf(draft.state, id);
  const coupons = restoredCoupons(draft.state, draft.policy, { units: keys, buyer: true });
  const { hash: _, ...nothing } = EMPTY_QUOTE;
  const quote = sealQuote({ ...nothing, restored: { coupons, points: 0 } });
  amend(draft, [
    onClaim(id, { outcomes: all(claim, 'REFUNDED'), quote, consented: quote }),
    {
      on: 'order',
      set: {
        coupons: [...draft.state.coupons, ...coupons],
        usableUntil: couponsUntil(draft.state, draft.policy, coupons, draft.today),
      },
    },
  ]);
  return id;
}

/** T6 품절취소: the seller cannot supply (전자상거래법 §15②): no fee, free shipping kept, clock from the payment. */
export function cancelStockout(draft: Draft): Refusal | string | null {
  const open = (unit: Unit) => isBeforeShipping(unit.stage) && unit.hold === null;
  const units = draft.command.units ? cancellable(draft, 'T6') : draft.state.units.filter(open);
  if (isRefusal(units)) return units;
  if (units.length === 0) {
    const done = draft.state.claims.findLast((claim) => claim.special.includes('STOCK_OUT'));
    return done ? done.id : refuse('already_shipped', 'T6', { possible: ['return.request'] });
  }
  const claim = openClaim(draft, 'stockout.cancel', units, {
    kind: 'CANCEL',
    fault: 'SELLER',
    basis: 'A15_2',
    reason: draft.command.reason ?? 'STOCK_OUT',
    special: ['STOCK_OUT'],
    accepted: true,
    acceptedSeq: draft.state.version,
    state: 'SET',
  });
  amend(draft, [setDeadline(draft.state, draft.policy, claim)]);
  const { pointsStockout } = draft.policy;
  if (pointsStockout > 0) amend(draft, [compensationOf(draft, 'POINT', pointsStockout, 'STOCK_OUT')]);
  settle(draft, claim.id);
  closeIfDone(draft, claim.id);
  return claim.id;
}
