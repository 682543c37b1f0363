import { type Day, kstDay } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { project } from './claim-state.ts';
import type { Command } from './command.ts';
import type { Change, Event } from './event.ts';
import { applyFacts } from './evolve.ts';
import type { Claim, Entry, State, Unit } from './state.ts';

/** A decision being made: the state as it would be, and the events that lead to it. Lives only inside decide(). */
export type Draft = {
  state: State;
  events: Event[];
  command: Command;
  policy: Policy;
  now: number;
  today: Day;
  grant: string | null;
};

export function startDraft(state: State, command: Command, policy: Policy, now: number): Draft {
  return { state, events: [], command, policy, now, today: kstDay(now), grant: null };
}

/** Adds an event. The claims that it touches show their new state at once. */
export function record(
  draft: Draft,
  type: string,
  claim: string | null,
  changes: Change[],
  entries: Entry[] = [],
): void {
  const seq = draft.state.version + 1;
  const event: Event = {
    seq,
    type,
    claim,
    at: draft.now,
    by: draft.command.by,
    grant: draft.grant,
    changes: [],
    entries: [],
  };
  draft.events.push(event);
  add(draft, { ...draft.state, version: seq, now: draft.now }, changes, entries);
}

/** Adds facts to the newest event. */
export function amend(draft: Draft, changes: Change[], entries: Entry[] = []): void {
  add(draft, { ...draft.state }, changes, entries);
}

/** Applies facts to a copy of the draft's state, which becomes the draft's, and notes them in the newest event. */
function add(draft: Draft, state: State, changes: Change[], entries: Entry[]): void {
  const event = draft.events[draft.events.length - 1]!;
  applyFacts(state, changes, entries);
  event.changes.push(...changes);
  event.entries.push(...entries);
  for (const change of changes) {
    if (change.on !== 'claim' && change.on !== 'newClaim') continue;
    const id = change.on === 'claim' ? change.id : change.row.id;
    const claim = state.claims.find((row) => row.id === id)!;
    const shown = claim.mall ? claim.state : project(claim);
    const closes = claim.closed !== null && claim.closedAt === null;
    if (shown === claim.state && !closes) continue;
    const set: Change = { on: 'claim', id, set: { state: shown, ...(closes ? { closedAt: draft.now } : {}) } };
    applyFacts(state, [set], []);
    event.changes.push(set);
  }
  draft.state = state;
}

export function claimOf(state: State, id: string): Claim {
  return state.claims.find((claim) => claim.id === id)!;
}

export function unitOf(state: State, key: string): Unit {
  return state.units.find((unit) => unit.key === key)!;
}

export function unitsOf(state: State, claim: Claim): Unit[] {
  return claim.units.map((key) => unitOf(state, key));
}

export function onClaim(id: string, set: Partial<Claim>): Change {
  return { on: 'claim', id, set };
}

export function onUnit(id: string, set: Partial<Unit>): Change {
  return { on: 'unit', id, set };
}

/** Free stock (판매 가능 재고) moved by `count` of `sku`. */
export function onStock(state: State, moves: Record<string, number>): Change {
  const stock = { ...state.stock };
  for (const [sku, count] of Object.entries(moves)) stock[sku] = (stock[sku] ?? 0) + count;
  return { on: 'order', set: { stock } };
}

/** How many of each sku the units are, times `sign`. */
export function countSkus(units: readonly Unit[], sign: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const unit of units) counts[unit.info.sku] = (counts[unit.info.sku] ?? 0) + sign;
  return counts;
}

/** Whether free stock holds what is wanted; unknown stock is enough. */
export function inStock(state: State, wanted: Record<string, number>): boolean {
  if (!state.free) return true;
  for (const [sku, count] of Object.entries(wanted))
    if (count > 0 && (state.free[sku] ?? 0) + (state.stock[sku] ?? 0) < count) return false;
  return true;
}
