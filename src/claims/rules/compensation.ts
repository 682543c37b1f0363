import { largestRemainder } from '#orders/rules/largest-remainder.ts';
import type { Won } from '#orders/rules/order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { type Draft, record } from './draft.ts';
import type { Change } from './event.ts';
import { needYes, unitsNamed } from './find.ts';
import type { Compensation } from './order-parts.ts';
import type { Unit } from './state.ts';

const BEARERS = ['seller', 'platform', 'partner', 'carrier', 'card'];

/** M15: who bears a compensation, in exact shares; the policy's bearerRatio by reason unless the command says. */
export function bearerShares(amount: Won, ratio: Record<string, number>): Record<string, Won> {
  const names = Object.keys(ratio).sort((a, b) => BEARERS.indexOf(a) - BEARERS.indexOf(b));
  const parts = largestRemainder(
    amount,
    names.map((name) => ratio[name]!),
  );
  return Object.fromEntries(names.map((name, index) => [name, parts[index]!]));
}

/** What a table of the policy has for a reason, which people write freely: `constructor` is none. */
function own<T>(table: Record<string, T>, reason: string): T | undefined {
  return Object.hasOwn(table, reason) ? table[reason] : undefined;
}

/** A compensation added to the order; it is no part of any refund. */
export function compensationOf(
  draft: Draft,
  kind: Compensation['kind'],
  amount: Won,
  reason: string,
  ratio?: Record<string, number>,
): Change {
  const { bearerRatio } = draft.policy;
  const shares = bearerShares(amount, ratio ?? own(bearerRatio, reason) ?? bearerRatio.goodwill!);
  const row: Compensation = { kind, amount, reason, shares, at: draft.now };
  return { on: 'order', set: { compensations: [...draft.state.compensations, row] } };
}

/** T44 보상: an agent alone up to the policy's limits (by reason, per case, per month), else with a yes. */
export function compensate(draft: Draft): Refusal | string | null {
  const { kind, amount, reason, shares } = draft.command;
  const names = Object.keys(shares ?? {});
  if (names.some((name) => !BEARERS.includes(name)) || (names.length > 0 && names.every((name) => shares![name] === 0)))
    return refuse('bad_input', 'M15', { what: 'shares' });
  const units = draft.command.units ? unitsNamed(draft, draft.command.units) : [];
  if (isRefusal(units)) return units;
  const { compensation, goodwillManagerLimit } = draft.policy;
  const head = own(compensation, reason!)?.by === 'head' || amount! > goodwillManagerLimit;
  const limit = limitFor(draft, kind!, amount!, reason!, units);
  const refusal = needYes(draft, 'T44', limit, [head ? 'head' : 'manager'], 540);
  if (refusal) return refusal;
  record(draft, 'compensate', null, [compensationOf(draft, kind!, amount!, reason!, shares)]);
  return null;
}

/** The limit under which an agent may give it alone, or null; a rule in percent counts from what the units cost. */
function limitFor(
  draft: Draft,
  kind: Compensation['kind'],
  amount: Won,
  reason: string,
  units: readonly Unit[],
): string | null {
  const { compensation, compensationCap, goodwillAgentLimit } = draft.policy;
  const month = monthOf(kstDay(draft.now));
  const given = draft.state.compensations.filter((row) => monthOf(kstDay(row.at)) === month);
  if (given.reduce((sum, row) => sum + row.amount, 0) + amount > compensationCap) return null;
  const rule = own(compensation, reason);
  if (rule && rule.by !== 'AGENT') return null;
  const net = units.reduce((sum, unit) => sum + unit.net, 0);
  const most = rule?.won ?? Math.floor((net * (rule?.percent ?? 0)) / 100);
  if (rule?.kind === kind && amount <= most) return 'compensation';
  return amount <= goodwillAgentLimit ? 'goodwillAgentLimit' : null;
}

function monthOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 7);
}
