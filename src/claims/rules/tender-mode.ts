import type { Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Money, State } from './state.ts';

/** Rank of each tender: its place among those captured, and its kind. */
export type TenderKinds = Map<string, { kind: string; index: number }>;

export function tenderKinds(state: State): TenderKinds {
  return new Map(state.tenders.map((tender, index) => [tender.id, { kind: tender.kind, index }]));
}

/** M6: the order in which deductions eat tenders; inside a kind the first captured first. */
export function inDeductOrder<T extends { tender: string }>(
  policy: Policy,
  kinds: TenderKinds,
  money: readonly T[],
): T[] {
  if (money.length < 2) return money.slice();
  const rank = (tender: string) => {
    const at = kinds.get(tender);
    const place = policy.deductOrder.indexOf(at?.kind ?? '');
    return (place < 0 ? 99 : place) * 1_000 + (at?.index ?? 999);
  };
  return money.slice().sort((a, b) => rank(a.tender) - rank(b.tender));
}

/**
 * M7, policy CASH_FIRST: a refund goes to the first tender in the order of deduction as far as its capture
 * allows, then to the next. What other claims are about to refund is left to them (I3).
 */
export function cashFirst(state: State, policy: Policy, kinds: TenderKinds, claim: string, amount: Won): Money[] {
  const room = state.tenders.map(({ id, captured, refunded }) => ({
    tender: id,
    won: captured - refunded - waiting(state, id, claim),
  }));
  let left = amount;
  const refunds: Money[] = [];
  for (const { tender, won } of inDeductOrder(policy, kinds, room)) {
    const part = Math.min(left, won);
    if (part > 0) refunds.push({ tender, won: part });
    left -= Math.max(0, part);
  }
  return refunds;
}

/** Refunds of other claims that wait for a tender. */
function waiting(state: State, tender: string, except: string): Won {
  let won = 0;
  for (const claim of state.claims) {
    if (claim.id === except || !claim.booked) continue;
    for (const refund of claim.refunds) if (refund.tender === tender && refund.state !== 'DONE') won += refund.amount;
  }
  return won;
}
