import { allocate, inCaptureOrder } from '#orders/rules/allocation.ts';
import type { Benefit } from '#orders/rules/order.ts';
import { isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { amend, type Draft, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { worthOf } from './exchange-difference.ts';
import { needYes, unitsNamed } from './find.ts';
import { addReduction, spreadReduction } from './price-reduction.ts';
import { byTender } from './refund-amount.ts';
import { refunded, reverseVat } from './repay.ts';
import type { Entry, Unit } from './state.ts';

/**
 * T37 강제할인: the rate that a customer already enjoyed is kept. Before payment it is one more benefit (M2);
 * after it the difference is refunded, and lies on the units as reduced: allocation stays frozen (I4).
 */
export function forceDiscount(draft: Draft): Refusal | string | null {
  const units = unitsNamed(draft, draft.command.units!);
  if (isRefusal(units)) return units;
  for (const unit of units) {
    if (unit.hold !== null) return refuse('unit_held', 'T37', { what: `${unit.key} ${unit.hold}` });
    if (isTerminalStage(unit.stage)) return refuse('wrong_stage', 'T37', { what: `${unit.key} ${unit.stage}` });
  }
  const worth = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  const { percent, amount: given } = draft.command;
  if ((percent === undefined) === (given === undefined))
    return refuse('bad_input', 'T37', { what: 'percent or amount' });
  const amount = given ?? Math.floor((worth * percent!) / 100);
  if (amount < 1 || amount >= worth) return refuse('amount_out_of_range', 'T37', { what: `${amount} ≥ ${worth}` });
  const { maxPct, maxWon } = draft.policy.forcedDiscount;
  const above = amount > maxWon || amount * 100 > worth * maxPct;
  const refusal = needYes(draft, 'T37', null, above ? ['manager', 'md'] : ['manager'], 120);
  if (refusal) return refusal;
  const unpaid = draft.state.paidAt === null;
  if (unpaid) return discountUnpaid(draft, units, amount);
  return discountPaid(draft, units, amount);
}

function benefitOf(draft: Draft, units: readonly Unit[], amount: number): Benefit {
  const number = draft.state.benefits.filter((benefit) => benefit.id.startsWith('forced')).length + 1;
  return {
    id: `forced${number}`,
    kind: 'FORCED',
    amount,
    units: units.map((unit) => unit.info.root),
    tender: null,
    minPurchase: 0,
    funder: {},
    restoreRule: null,
  };
}

/** Not frozen yet: the order is allocated again with the benefit, its last tender pays less. */
function discountUnpaid(draft: Draft, units: Unit[], amount: number): Refusal | null {
  const { state } = draft;
  if (state.units.some((unit) => unit.out !== null) || state.tenders.some((tender) => tender.captured > 0))
    return refuse('wrong_stage', 'T37', { possible: ['order.paid'] });
  const benefits = [...state.benefits, benefitOf(draft, units, amount)];
  let left = amount;
  const tenders = state.tenders.map((tender) => ({ ...tender }));
  for (const tender of inCaptureOrder(tenders).toReversed()) {
    const part = Math.min(left, tender.amount);
    tender.amount -= part;
    left -= part;
  }
  const allocation = allocate({ ...state.order, benefits, tenders });
  const changes: Change[] = [
    { on: 'order', set: { benefits, allocation } },
    ...tenders.map((tender): Change => ({ on: 'tender', id: tender.id, set: { amount: tender.amount } })),
    ...state.units.map((unit): Change => {
      const { net, benefits: shares, tenders: paid } = allocation.units[unit.info.root]!;
      return onUnit(unit.key, { net, benefits: shares, tenders: paid });
    }),
  ];
  record(draft, 'forcedDiscount', null, changes);
  const taken = allocation.shipping.flatMap((item) =>
    Object.entries(item.tenders).map(([tender, won]) => ({ account: `shipping/${item.group}`, tender, won })),
  );
  amend(draft, [{ on: 'order', set: { taken } }]);
  return null;
}

function discountPaid(draft: Draft, units: Unit[], amount: number): Refusal | null {
  const rows = spreadReduction(units, amount);
  const back = byTender(rows.flatMap((row) => row.tenders));
  for (const { tender, won } of back) {
    const row = draft.state.tenders.find(({ id }) => id === tender)!;
    // I3: a piece whose advance is owed (M14) has nothing on that payment to refund until it is paid.
    const owed = draft.state.receivables.some(({ id }) => id === tender);
    if (won > row.captured - row.refunded)
      return refuse('over_capture', 'I3', { what: tender, possible: owed ? ['receivable.paid'] : [] });
    if (row.partialCancel !== 'YES') return refuse('partial_cancel_impossible', 'M7', { what: tender });
  }
  const entries = back.map(({ tender, won }): Entry => ['goods', `refunded/${tender}`, won]);
  const benefits = [...draft.state.benefits, benefitOf(draft, units, amount)];
  const reductions = rows.map(({ unit, tenders }) =>
    onUnit(unit.key, { reduced: addReduction(unit.reduced, tenders) }),
  );
  record(draft, 'forcedDiscount', null, [{ on: 'order', set: { benefits } }, ...reductions], entries);
  for (const { tender, won } of back) amend(draft, refunded(draft, tender, won, 'SELLER'));
  amend(draft, [reverseVat(draft)]);
  return null;
}
