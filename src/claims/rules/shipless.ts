import { allocate } from '#orders/rules/allocation.ts';
import type { Order } from '#orders/rules/order.ts';
import { readOrder } from '#orders/rules/read-order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import { amend, claimOf, countSkus, type Draft, onClaim, onUnit, record, unitsOf } from './draft.ts';
import { checkRow, checkUndoable, needYes, refuseClaim, refusePolicy, unitsNamed } from './find.ts';
import { newClaim } from './new-claim.ts';
import { openOrder } from './open-order.ts';
import { receivable } from './receivables.ts';
import { checkRefunds, makePayments } from './refund.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Claim, State, Unit } from './state.ts';

/**
 * T36 기출하: an order that was delivered is made again on other terms without moving goods: the new one is
 * captured first, then the old one refunded, no fee, stock unchanged.
 */
export function reorderShipless(draft: Draft): Refusal | string | null {
  if (draft.policy.shipless.allowed === 'OFF') return refusePolicy(draft, 'policy_forbids', 'T36', 'shipless');
  const old = oldUnits(draft);
  if (isRefusal(old)) return old;
  if (old.done) return old.done;
  const late = old.units.find(
    ({ deliveredAt }) =>
      deliveredAt !== null && draft.today > kstDay(deliveredAt) + draft.policy.shipless.maxDaysAfterDelivery,
  );
  if (late && !draft.command.approved)
    return refusePolicy(draft, 'policy_forbids', 'T36', 'shipless', ['return.request']);
  const fresh = readNew(draft, old.units);
  if (isRefusal(fresh)) return fresh;
  const refusal = needYes(draft, 'T36', null, ['manager'], 60);
  return refusal ?? pair(draft, old.units, old.claim, fresh);
}

function oldUnits(draft: Draft): { units: Unit[]; claim: Claim | null; done?: string } | Refusal {
  const { units: refs, claim: id } = draft.command;
  const claim = id === undefined ? null : draft.state.claims.find((row) => row.id === id);
  if (claim === undefined) return refuse('claim_unknown', 'T36', { what: id });
  if (!refs && !claim) return refuse('bad_input', 'T36', { what: 'claim or units' });
  if (claim?.special.includes('SHIPLESS')) return { units: [], claim, done: claim.id };
  const units = refs ? unitsNamed(draft, refs) : unitsOf(draft.state, claim!);
  if (isRefusal(units)) return units;
  if (claim) {
    const refusal = checkRow(claim, 'shipless') ?? checkUndoable(claim, 'T36');
    if (refusal) return refusal;
    if (units.length !== claim.units.length) return refuseClaim('wrong_state', 'T36', claim);
  }
  for (const unit of units) {
    if (unit.hold !== null && unit.hold !== claim?.id)
      return refuse('unit_held', 'T36', { what: `${unit.key} ${unit.hold}` });
    if (unit.stage !== 'DELIVERED' && unit.stage !== 'CONFIRMED')
      return refuse('wrong_stage', 'T36', { what: `${unit.key} ${unit.stage}` });
  }
  return { units, claim };
}

function readNew(draft: Draft, units: readonly Unit[]): State | Refusal {
  const read = readOrder(draft.command.newOrder, draft.policy);
  if (isRefusal(read)) return read;
  const { order } = read;
  const old = countSkus(units, 1);
  const skus: Record<string, number> = {};
  for (const line of order.lines) skus[line.sku] = (skus[line.sku] ?? 0) + line.qty;
  const same = Object.keys({ ...old, ...skus }).every((sku) => old[sku] === skus[sku]);
  if (!same) return refuse('bad_input', 'T36', { what: 'newOrder.lines' });
  const { customer } = draft.state.order;
  if (order.customer !== '' && customer !== '' && order.customer !== customer)
    return refuse('bad_input', 'T36', { what: 'newOrder.customer' });
  if (order.authority !== 'SELF' || draft.state.order.authority !== 'SELF') return refuse('mall_decides', 'T36');
  if (order.mallOrderNo === draft.state.order.mallOrderNo)
    return refuse('bad_input', 'T36', { what: 'newOrder.mallOrderNo' });
  return bornDelivered(order, draft.now);
}

/** The new order as it starts: paid, delivered now, with the goods that the customer already has. */
function bornDelivered(order: Order, now: number): State {
  const parcel = {
    id: 'p0',
    units: order.lines.flatMap((line) =>
      Array.from({ length: line.qty }, (_, index) => ({ line: line.id, unitNo: index + 1 })),
    ),
    carrier: null,
    trackingNo: null,
    preparedAt: now,
    waybillAt: null,
    shippedAt: now,
    deliveredAt: now,
  };
  const born = {
    ...order,
    paidAt: order.paidAt ?? now,
    parcels: [parcel],
    stages: order.stages.map(() => 'DELIVERED' as const),
  };
  return { ...openOrder({ order: born, allocation: allocate(born) }), now };
}

function pair(draft: Draft, units: Unit[], claim: Claim | null, fresh: State): Refusal | string {
  const first = draft.command.first ?? (draft.policy.shipless.order === 'REFUND_FIRST' ? 'REFUND' : 'CAPTURE');
  const shared = { fault: 'SELLER', accepted: true, special: ['SHIPLESS'] } as const;
  const basis = { reason: claim?.reason ?? 'OTHER', basis: 'CONTRACT' } as const;
  const next = claim ?? newClaim(draft, units, { kind: 'RETURN', ...shared, ...basis, special: [] });
  const collection = { ...next.collection, method: 'NONE' as const, state: 'NONE' as const, since: draft.now };
  const counters = claim ? draft.state.counters : { ...draft.state.counters, claim: draft.state.counters.claim + 1 };
  record(draft, 'shipless', next.id, [
    ...(claim ? [] : [{ on: 'newClaim' as const, row: { ...next, collection } }]),
    { on: 'order', set: { counters, orders: [...draft.state.orders, fresh] } },
    onClaim(next.id, { ...shared, special: ['SHIPLESS'], collection, dueOn: null, anchorOn: null }),
    ...units.map((unit) => onUnit(unit.key, { hold: next.id })),
  ]);
  if (first === 'REFUND') {
    const amount = fresh.tenders.reduce((sum, tender) => sum + tender.captured, 0);
    const row = receivable(draft, {
      reason: 'PRICE_DIFF',
      debtor: 'NEW_ORDER',
      claim: next.id,
      amount,
      account: 'newOrder',
    });
    amend(draft, [{ on: 'newReceivable', row: { ...row, paid: amount } }]);
  }
  quoteAgain(draft, next.id, true);
  settle(draft, next.id);
  const booked = claimOf(draft.state, next.id);
  const impossible = checkRefunds(draft, booked, booked.refunds);
  if (impossible) return impossible;
  makePayments(draft, booked, booked.refunds, 0);
  closeIfDone(draft, next.id);
  return next.id;
}
