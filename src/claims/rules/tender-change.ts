import type { Allocation } from '#orders/rules/allocation.ts';
import { isShipped } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { newTender } from './capture.ts';
import { amend, type Draft, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { needYes } from './find.ts';
import type { TenderState } from './order-parts.ts';
import { raiseVat } from './repay.ts';
import type { Entry, State, Unit } from './state.ts';

type Tied = { id: string; shares: Map<string, number> };

/**
 * T41 결제수단 변경 (M17): the new tender captures what the old one still holds, then the old one is cancelled.
 * It takes over the old one's cells. A benefit tied to the old tender falls away and is paid, or stays as
 * FORCED with a yes (T37).
 */
export function changeTender(draft: Draft): Refusal | string | null {
  const { tender: id, change, keepDiscount } = draft.command;
  const old = draft.state.tenders.find((tender) => tender.id === id && tender.role === 'ORDER');
  if (!old) return refuse('tender_unknown', 'T41', { what: id });
  if (old.replacedBy === change!.id) return null;
  if (old.replacedBy !== null) return refuse('tender_unknown', 'T41', { what: `${id} → ${old.replacedBy}` });
  if (old.kind === 'MALL') return refuse('mall_decides', 'T41');
  const refusal = checkOrder(draft, old);
  if (refusal) return refusal;
  const tied = tiedTo(draft, old.id);
  if (keepDiscount && tied.length > 0) {
    const yes = needYes(draft, 'T37', null, ['manager'], 120);
    if (yes) return yes;
  }
  return replace(draft, old, keepDiscount ? [] : tied, tied);
}

function checkOrder(draft: Draft, old: TenderState): Refusal | null {
  const { units, claims } = draft.state;
  const open = claims.find((claim) => !claim.closed);
  if (open) return refuse('unit_held', 'T41', { what: open.id, possible: ['withdraw'] });
  const gone = units.find((unit) => (unit.tenders[old.id] ?? 0) > 0 && (unit.shipped || isShipped(unit.stage)));
  if (gone) return refuse('already_shipped', 'T41', { what: gone.key, possible: ['shipless'] });
  return old.captured > 0 && old.captured === old.refunded ? refuse('wrong_stage', 'T41', { what: old.id }) : null;
}

function tiedTo(draft: Draft, tender: string): Tied[] {
  return draft.state.benefits
    .filter((benefit) => benefit.tender === tender && benefit.kind !== 'TENDER_BILLED' && benefit.kind !== 'FORCED')
    .map((benefit) => {
      const shares = new Map<string, number>();
      for (const unit of draft.state.units)
        if (unit.holder && !unit.out && unit.benefits[benefit.id]) shares.set(unit.key, unit.benefits[benefit.id]!);
      return { id: benefit.id, shares };
    });
}

function replace(draft: Draft, old: TenderState, falls: Tied[], tied: Tied[]): Refusal | null {
  const { state } = draft;
  const change = draft.command.change!;
  const paid = state.paidAt !== null || old.captured > 0;
  const lost = falls.reduce((sum, row) => sum + [...row.shares.values()].reduce((a, b) => a + b, 0), 0);
  const rest = old.captured - old.refunded;
  const amount = (paid ? rest : old.amount) + lost;
  const fresh = newTender(draft, change, paid ? amount : 0, 'ORDER');
  if (isRefusal(fresh)) return fresh;
  if (fresh.on === 'newTender') fresh.row = { ...fresh.row, amount, partialCancel: change.partialCancel };
  const kept = tied.filter((row) => !falls.includes(row)).map((row) => row.id);
  const benefits = state.benefits
    .filter((benefit) => !falls.some((row) => row.id === benefit.id))
    .map((benefit) => (kept.includes(benefit.id) ? { ...benefit, kind: 'FORCED' as const, tender: null } : benefit));
  const taken = state.taken.map((row) => (row.tender === old.id ? { ...row, tender: change.id } : row));
  const changes: Change[] = [
    fresh,
    {
      on: 'tender',
      id: old.id,
      set: { replacedBy: change.id, refunded: old.captured, ...(paid ? {} : { amount: 0 }) },
    },
    { on: 'order', set: { benefits, taken, allocation: allocationAfter(state, old.id, change.id) } },
    ...state.units
      .filter((unit) => !unit.out)
      .map((unit) => onUnit(unit.key, takeOver(unit, old.id, change.id, falls))),
  ];
  const entries: Entry[] = paid
    ? [
        [`captured/${change.id}`, `refunded/${old.id}`, rest],
        [`captured/${change.id}`, 'goods', lost],
      ]
    : [];
  record(
    draft,
    'tender.change',
    null,
    changes,
    entries.filter(([, , won]) => won > 0),
  );
  amend(draft, [raiseVat(draft)]);
  return null;
}

/** Shipping paid by the new tender. Conditions that count by NET go on counting what the pieces cost when ordered (M2). */
function allocationAfter({ allocation }: State, from: string, to: string): Allocation {
  const shipping = allocation.shipping.map((item) => {
    const { [from]: cell = 0, ...tenders } = item.tenders;
    return cell > 0 ? { ...item, tenders: { ...tenders, [to]: cell } } : item;
  });
  return { ...allocation, shipping };
}

function takeOver(unit: Unit, from: string, to: string, falls: readonly Tied[]): Partial<Unit> {
  const { [from]: cell = 0, ...tenders } = unit.tenders;
  const { [from]: less = 0, ...reduced } = unit.reduced;
  const benefits = { ...unit.benefits };
  let added = 0;
  for (const { id, shares } of falls) {
    added += shares.get(unit.key) ?? 0;
    delete benefits[id];
  }
  if (cell + added > 0) tenders[to] = (tenders[to] ?? 0) + cell + added;
  if (less > 0) reduced[to] = less;
  return { tenders, reduced, benefits, net: unit.net + added };
}
