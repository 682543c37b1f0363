import type { Won } from '#orders/rules/order.ts';
import { type Refusal, refuse } from '#policies/rules/refusal.ts';
import { amend, type Draft, onClaim, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { worthOf } from './exchange-difference.ts';
import type { TenderState } from './order-parts.ts';
import { raiseVat } from './repay.ts';
import type { Entry } from './state.ts';

/** T0 결제: captures one tender of the order, or all; when the last is captured, units are PAID. */
export function payOrder(draft: Draft): Refusal | string | null {
  const { tender } = draft.command;
  if (tender !== undefined && !draft.state.tenders.some((row) => row.id === tender && row.role === 'ORDER'))
    return refuse('tender_unknown', 'T0', { what: tender });
  capture(draft, tender ?? null);
  return null;
}

export function capture(draft: Draft, only: string | null): void {
  const { state } = draft;
  if (state.paidAt !== null) return;
  const waits = (row: TenderState) => row.role === 'ORDER' && !row.replacedBy && row.captured === 0 && row.amount > 0;
  const taken = state.tenders.filter((row) => waits(row) && (only === null || row.id === only));
  const all = state.tenders.every((row) => !waits(row) || taken.includes(row));
  const unpaid = state.units.filter((unit) => unit.stage === 'UNPAID');
  if (taken.length === 0 && !(all && unpaid.length > 0)) return;
  const changes: Change[] = taken.map((row) => ({ on: 'tender', id: row.id, set: { captured: row.amount } }));
  for (const { id, closed, booked, special } of state.claims)
    if (!closed && booked?.moves.some(({ tender }) => taken.some((row) => row.id === tender)))
      changes.push(onClaim(id, { special: [...special, 'PAID_LESS'] }));
  const entries: Entry[] = taken.map((row): Entry => [`captured/${row.id}`, 'order', row.amount]);
  if (all) {
    const goods = state.units.reduce((sum, unit) => sum + (unit.holder && !unit.out ? worthOf(unit) : 0), 0);
    entries.push(['order', 'goods', goods]);
    for (const group of state.order.groups) entries.push(['order', `shipping/${group.id}`, state.charged[group.id]!]);
    entries.push(['order', 'reclaim', state.reclaimed]);
    changes.push({ on: 'order', set: { paidAt: draft.now } });
    for (const unit of unpaid) changes.push(onUnit(unit.key, { stage: 'PAID' }));
  }
  record(
    draft,
    'order.paid',
    null,
    changes,
    entries.filter(([, , won]) => won !== 0),
  );
  amend(draft, [raiseVat(draft)]);
}

/** Adds a payment that came later as a tender of its own; its id must be new. */
export function newTender(
  draft: Draft,
  payment: { id: string; kind: TenderState['kind'] },
  captured: Won,
  role: TenderState['role'],
): Change | Refusal {
  if (draft.state.tenders.some((row) => row.id === payment.id))
    return refuse('bad_input', 'T0', { what: `tender ${payment.id}` });
  const partialCancel = payment.kind === 'MOBILE' ? 'FULL_ONLY' : 'YES';
  const row: TenderState = {
    id: payment.id,
    kind: payment.kind,
    role,
    amount: captured,
    captured,
    refunded: 0,
    partialCancel,
    refundLimitAt: null,
    replacedBy: null,
  };
  return { on: 'newTender', row };
}
