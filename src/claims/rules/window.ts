import { addMonths, type Day, kstDay, lastDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Basis, State, Unit } from './state.ts';

const SHORTEST = 7;

/**
 * Last day for a change of mind: 7 days from the contract document, or from delivery when that is later
 * (전자상거래법 §17①1); a longer agreed period wins. Per unit. Null while it has not been delivered.
 */
export function changeOfMindUntil(state: State, policy: Policy, unit: Unit): Day | null {
  if (unit.deliveredAt === null) return null;
  const from = kstDay(Math.max(state.order.contractDocAt, unit.deliveredAt));
  return lastDay(from + Math.max(SHORTEST, policy.windowDays), policy.businessCalendar);
}

/**
 * Last day for goods that are defective or not as described: 3 months from supply and 30 days from knowing,
 * whichever ends first (§17③; both limits bind, 법제처 14-0404, 20-0108).
 */
export function defectUntil(policy: Policy, unit: Unit, known: Day | null): Day | null {
  if (unit.deliveredAt === null) return null;
  const byDelivery = addMonths(kstDay(unit.deliveredAt), 3);
  const until = known === null ? byDelivery : Math.min(byDelivery, known + 30);
  return lastDay(until, policy.businessCalendar);
}

/** Whether the customer may still declare it on `day`: goods on their way always, otherwise by the basis. */
export function isInWindow(state: State, policy: Policy, unit: Unit, basis: Basis, day: Day, known: Day): boolean {
  if (unit.deliveredAt === null) return true;
  if (basis !== 'A17_1') return day <= defectUntil(policy, unit, known)!;
  return day <= changeOfMindUntil(state, policy, unit)!;
}

/** Whether the mall still takes a change of mind on `day` of its own accord (policy goodwillDays). */
export function isInGoodwill(state: State, policy: Policy, unit: Unit, basis: Basis, day: Day): boolean {
  const until = changeOfMindUntil(state, policy, unit);
  return until === null || (basis === 'A17_1' && day <= until + policy.goodwillDays);
}

/** Whether a statutory window is open for the unit: policy may not refuse, limit or slow then (I23). */
export function isStatutory(state: State, policy: Policy, unit: Unit, basis: Basis, day: Day): boolean {
  if (unit.info.exceptionProven && basis === 'A17_1') return false;
  if (unit.deliveredAt === null) return true;
  if (basis === 'A17_1') return day <= changeOfMindUntil(state, policy, unit)!;
  return basis === 'A17_3' && day <= defectUntil(policy, unit, null)!;
}
