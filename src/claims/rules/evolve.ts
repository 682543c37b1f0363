import type { Change, Event } from './event.ts';
import type { Entry, State } from './state.ts';

/** The state after an event; the state before it stays as it was. */
export function evolve(state: State, event: Event): State {
  return applyFacts({ ...state, version: event.seq, now: event.at }, event.changes, event.entries);
}

/** Applies facts to a state that is not shared yet. */
export function applyFacts(state: State, changes: readonly Change[], entries: readonly Entry[]): State {
  for (const change of changes) applyChange(state, change);
  if (entries.length > 0) state.ledger = post(state.ledger, entries);
  return state;
}

function applyChange(state: State, change: Change): void {
  switch (change.on) {
    case 'unit':
      state.units = patch(state.units, (row) => row.key === change.id, change.set);
      return;
    case 'claim':
      state.claims = patch(state.claims, (row) => row.id === change.id, change.set);
      return;
    case 'parcel':
      state.parcels = patch(state.parcels, (row) => row.id === change.id, change.set);
      return;
    case 'tender':
      state.tenders = patch(state.tenders, (row) => row.id === change.id, change.set);
      return;
    case 'receivable':
      state.receivables = patch(state.receivables, (row) => row.id === change.id, change.set);
      return;
    case 'newUnit':
      state.units = [...state.units, change.row];
      return;
    case 'newClaim':
      state.claims = [...state.claims, change.row];
      return;
    case 'newParcel':
      state.parcels = [...state.parcels, change.row];
      return;
    case 'newTender':
      state.tenders = [...state.tenders, change.row];
      return;
    case 'newReceivable':
      state.receivables = [...state.receivables, change.row];
      return;
    case 'order':
      Object.assign(state, change.set);
  }
}

function patch<T extends object>(rows: T[], is: (row: T) => boolean, set: Partial<T>): T[] {
  const index = rows.findIndex(is);
  if (index < 0) return rows;
  const copy = rows.slice();
  copy[index] = { ...rows[index]!, ...set };
  return copy;
}

/** Books double entries: a debit lowers and a credit raises an account, so that all accounts add up to zero. */
export function post(ledger: Record<string, number>, entries: readonly Entry[]): Record<string, number> {
  const next = { ...ledger };
  for (const [debit, credit, won] of entries) {
    next[debit] = (next[debit] ?? 0) - won;
    next[credit] = (next[credit] ?? 0) + won;
  }
  return next;
}
