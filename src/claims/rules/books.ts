import { dateText } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { shippingDue } from './shipping-due.ts';
import type { Claim, State, Unit } from './state.ts';
import { changeOfMindUntil, defectUntil } from './window.ts';

type Row = Record<string, unknown>;

/** The books of an order as `claims run` prints them: every figure follows from the journal or the units. */
export function booksOf(state: State, policy: Policy): Row {
  return {
    ...moneyOf(state),
    shipping: state.order.groups.map((group) => ({ group: group.id, due: shippingDue(state, policy, group) })),
    stock: Object.fromEntries(Object.entries(state.stock).filter(([, count]) => count !== 0)),
    units: state.units.map((unit) => ({ ...refOf(unit), stage: unit.stage, place: unit.place, claim: unit.hold })),
    claims: state.claims.map(claimRow),
    allocation: {
      units: state.units.map((unit) => ({
        ...refOf(unit),
        net: unit.net,
        reduced: Object.values(unit.reduced).reduce((sum, won) => sum + won, 0),
        benefits: unit.benefits,
        tenders: unit.tenders,
      })),
      shipping: state.allocation.shipping,
    },
    windows: state.units.map((unit) => ({
      ...refOf(unit),
      changeOfMindUntil: dateText(changeOfMindUntil(state, policy, unit)),
      defectUntil: dateText(defectUntil(policy, unit, null)),
    })),
    receivables: state.receivables.map(({ id, reason, debtor, amount, paid, writtenOff }) => ({
      id,
      reason,
      debtor,
      amount,
      paid,
      writtenOff,
    })),
    compensations: state.compensations.map(({ kind, amount, shares }) => ({ kind, amount, shares })),
    restored: { coupons: state.coupons.toSorted(), points: state.points, ...untilRow(state) },
    orders: state.orders.map((order) => ({ order: order.order.mallOrderNo, books: booksOf(order, policy) })),
  };
}

/** M9: until when what came back can be used, where the order told an expiry. */
function untilRow({ usableUntil }: State): Row {
  const rows = Object.entries(usableUntil).map(([id, day]) => [id, dateText(day)]);
  return rows.length > 0 ? { until: Object.fromEntries(rows) } : {};
}

function moneyOf(state: State): Row {
  const sums = sumAccounts(state);
  const refunded: Record<string, number> = {};
  for (const { id, refunded: won } of state.tenders) if (won > 0) refunded[id] = won;
  let due = 0;
  for (const claim of state.claims) for (const fee of claim.fees) if (fee.state === 'DUE') due += fee.amount;
  return {
    captured: sums.captured,
    collected: sums.collected,
    refunded,
    fees: state.ledger.fees ?? 0,
    usage: state.ledger.usage ?? 0,
    reclaim: state.ledger.reclaim ?? 0,
    due,
    interest: -(state.ledger.interest ?? 0),
    fares: -(state.ledger.fares ?? 0),
    vatReversed: state.vatReversed,
  };
}

/**
 * What was captured for the order, and what was collected from the customer afterwards. Who pays for the old piece
 * of an exchange (T30) has bought it beside the order: that shows in its receivable only (I6).
 */
export function sumAccounts(state: State): { captured: number; collected: number; refunded: number } {
  const sums = { captured: 0, collected: 0, refunded: 0 };
  const others = new Set(
    state.receivables.filter((row) => row.debtor !== 'CUSTOMER').map((row) => `collected/${row.id}`),
  );
  for (const [account, won] of Object.entries(state.ledger)) {
    if (account.startsWith('captured/')) sums.captured -= won;
    else if (account.startsWith('collected/') && !others.has(account)) sums.collected -= won;
    else if (account.startsWith('refunded/')) sums.refunded += won;
  }
  for (const { reason, paid, principal } of state.receivables)
    if (reason === 'CROSS_NOT_HANDED') sums.collected -= Math.min(paid, principal);
  return sums;
}

function refOf(unit: Unit): { line: string; unitNo: number; child?: number } {
  const { line, unitNo, child } = unit.info;
  return child > 0 ? { line, unitNo, child } : { line, unitNo };
}

function claimRow(claim: Claim): Row {
  const { id, kind, state, fault, predecessor, convertedFrom } = claim;
  return { id, kind, state, fault, predecessor, convertedFrom };
}
