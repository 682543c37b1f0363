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
export function cashFirst(state: State, policy: Policy, claim: string, amount: Won, own: readonly Money[]): Money[] {
  const kinds = tenderKinds(state);
  const mine = (tender: string) => own.reduce((sum, row) => sum + (row.tender === tender ? row.won : 0), 0);
  const room = state.tenders.map(({ id, captured, refunded }) => ({
    tender: id,
    won: captured - refunded - waiting(state, id, claim) - mine(id),
  }));
  let left = amount;
  const refunds: Money[] = [];
  for (const { tender, won } of inDeductOrder(policy, kinds, room)) {
    const part = Math.min(left, won);
    if (part > 0) refunds.push({ tender, won: part });
    left -= Math.max(0, part);
  }
  // More than any capture holds (an advance not paid back): shown on the first tender, refused by I3 when it runs.
  if (left > 0) refunds.push({ tender: inDeductOrder(policy, kinds, room)[0]!.tender, won: left });
  return refunds;
}

/** What other claims will need of a tender: refunds that wait, and payments held for what is still open. */
function waiting(state: State, tender: string, except: string): Won {
  let won = 0;
  for (const claim of state.claims) {
    if (claim.id === except || claim.closed) continue;
    const held = claim.booked ? claim.paid : [...claim.paid, ...claim.carried];
    for (const row of held) if (row.tender === tender && !row.account) won += row.won;
    if (!claim.booked) continue;
    for (const refund of claim.refunds) if (refund.tender === tender && refund.state !== 'DONE') won += refund.amount;
  }
  return won;
}
