import { isRefusal } from '#policies/rules/refusal.ts';
import type { Taken } from './fuzz.ts';
import type { Claim, State } from './state.ts';
import { TRANSITIONS } from './transitions.ts';

/** How often each row of section 2.3 and each pair of section 2.4 was accepted. */
export type Coverage = Map<string, number>;

export function emptyCoverage(): Coverage {
  const rows = new Map<string, number>();
  for (const { id, event } of TRANSITIONS) rows.set(`${id} ${event}`, 0);
  for (const pair of PAIRS) rows.set(`2.4 ${pair.name}`, 0);
  return rows;
}

/** Counts an accepted step. */
export function cover(coverage: Coverage, taken: Taken): void {
  if (isRefusal(taken.answer) || taken.answer.events.length === 0) return;
  const count = (key: string) => coverage.set(key, (coverage.get(key) ?? 0) + 1);
  for (const event of taken.answer.events) {
    const row = TRANSITIONS.find((transition) => transition.event === event.type);
    if (row) count(`${row.id} ${event.type}`);
  }
  for (const pair of PAIRS) if (happened(pair, taken)) count(`2.4 ${pair.name}`);
}

/** The table, rarest first. */
export function coverageTable(coverage: Coverage): string {
  const rows = [...coverage].sort((a, b) => a[1] - b[1]);
  return rows.map(([key, count]) => `${String(count).padStart(8)}  ${key}`).join('\n');
}

type Pair = { name: string; event: string; is(claim: Claim | undefined, before: State, taken: Taken): boolean };

const EARLY = ['REQ', 'ACC', 'SET'];
const HERE = ['COL', 'INS', 'SET'];

function pair(name: string, event: string, is: Pair['is']): Pair {
  return { name, event, is };
}

/** Whether a unit of the request was closed before by a claim that `was` so. */
function after(taken: Taken, before: State, was: (claim: Claim) => boolean): boolean {
  const lines = (taken.command?.units ?? []).map((ref) => `${ref.line}.${ref.unitNo}`);
  return before.claims.some((claim) => was(claim) && claim.units.some((key) => lines.some((line) => key === line)));
}

const PAIRS: Pair[] = [
  pair('cancel → keep, nothing moved (T24)', 'withdraw', (claim) => claim?.kind === 'CANCEL'),
  pair('cancel → keep, refunded (T27)', 'reinstate', (claim) => claim?.kind === 'CANCEL'),
  pair(
    'return → keep, nothing moved (T24)',
    'withdraw',
    (claim) => claim?.kind === 'RETURN' && EARLY.includes(claim.state),
  ),
  pair('return → keep, picked up or at dock (T25)', 'withdraw.late', (claim) => claim?.kind === 'RETURN'),
  pair('return → keep, refunded (T27)', 'reinstate', (claim) => claim?.kind === 'RETURN'),
  pair('withdrawn → return again (T7)', 'return.request', (_, before, taken) =>
    after(taken, before, (row) => row.closed === 'WDN' && row.sendBack === null && row.kind === 'RETURN'),
  ),
  pair('withdrawn → return again, sent back (T7)', 'return.request', (_, before, taken) =>
    after(taken, before, (row) => row.closed === 'WDN' && row.sendBack !== null),
  ),
  pair(
    'withdrawn → return again, still at the dock (T25 undone)',
    'return.request',
    (claim) => claim?.exiting === 'WDN',
  ),
  pair('reinstated → return again (T7)', 'return.request', (_, before, taken) =>
    after(taken, before, (row) => row.special.includes('REINSTATED')),
  ),
  pair('return → exchange, nothing moved (T26a)', 'convert.toExchange', (claim) => EARLY.includes(claim?.state ?? '')),
  pair('return → exchange, one collection (T26a)', 'convert.toExchange', (claim) => HERE.includes(claim?.state ?? '')),
  pair('reinstated → exchange (T27, T21)', 'exchange.request', (_, before, taken) =>
    after(taken, before, (row) => row.special.includes('REINSTATED')),
  ),
  pair(
    'exchange → return, nothing moved (T26b)',
    'convert.toReturn',
    (claim) => claim?.kind === 'EXCHANGE' && EARLY.includes(claim.state),
  ),
  pair(
    'exchange → return, picked up or at dock (T26b)',
    'convert.toReturn',
    (claim) => claim?.kind === 'EXCHANGE' && !EARLY.includes(claim.state),
  ),
  pair('exchange → return, shipped (T26c)', 'convert.afterShip', () => true),
  pair('exchange → other option, nothing moved', 'exchange.change', (claim) => EARLY.includes(claim?.state ?? '')),
  pair('exchange → other option, picked up or at dock', 'exchange.change', (claim) =>
    ['COL', 'INS', 'RED'].includes(claim?.state ?? ''),
  ),
  pair('exchange → other option, shipped (T21 on the child)', 'exchange.request', (_, __, taken) =>
    (taken.command?.units ?? []).some((ref) => (ref.child ?? 0) > 0),
  ),
  pair('change of quantity, nothing moved (T39)', 'claim.split', (claim) =>
    ['REQ', 'ACC'].includes(claim?.state ?? ''),
  ),
  pair('change of quantity, picked up or at dock (T39)', 'claim.split', (claim) =>
    ['COL', 'INS'].includes(claim?.state ?? ''),
  ),
  pair('change of quantity, the rest after a refund', 'return.request', (_, before) =>
    before.claims.some((row) => row.closed === 'DONE'),
  ),
  pair(
    'change of quantity, replacement shipped (T39)',
    'claim.split',
    (claim) => claim?.kind === 'EXCHANGE' && claim.redelivery?.state === 'SHIPPED',
  ),
];

function happened({ event, is }: Pair, taken: Taken): boolean {
  if (isRefusal(taken.answer)) return false;
  const found = taken.answer.events.find((row) => row.type === event);
  if (!found) return false;
  const claim = taken.before.claims.find((row) => row.id === found.claim);
  return is(claim, taken.before, taken);
}
