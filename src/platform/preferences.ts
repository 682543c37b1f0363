import { useSyncExternalStore } from 'react';
import { callOperation, OperationError } from './web-call.ts';

type Values = Readonly<Record<string, unknown>>;

const GATHER_MS = 700;
const AGAIN_MS = 10_000;

let values: Values = {};
let drafts: ReadonlySet<string> = new Set();
/** What the server does not have yet. */
let unsaved: Record<string, unknown> = {};
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the timer is due: what can wait does not put off what came before it. */
let due = Number.POSITIVE_INFINITY;
const listeners = new Set<() => void>();
/** Hear which names the server has just got. */
const hearers = new Set<(names: readonly string[]) => void>();

function changed() {
  for (const listener of listeners) listener();
}

/** Takes over what the server keeps for the person who is signed in; what is still on its way there wins. */
export function loadPreferences(kept: Values, draftNames: readonly string[]): void {
  values = { ...kept, ...unsaved };
  const own = Object.keys(unsaved).filter((name) => name.startsWith('draft.'));
  drafts = new Set([...draftNames.filter((name) => !own.includes(name)), ...own.filter((name) => unsaved[name])]);
  changed();
}

/** Keeps a value under its name, here at once and on the server soon; null forgets it. */
export function setPreference(name: string, value: unknown, waitMs = GATHER_MS): void {
  values = { ...values, [name]: value };
  unsaved[name] = value;
  if (name.startsWith('draft.')) {
    const others = [...drafts].filter((one) => one !== name);
    drafts = new Set(value === null ? others : [...others, name]);
  }
  changed();
  saveIn(waitMs);
}

function saveIn(waitMs: number): void {
  const at = Date.now() + waitMs;
  if (at >= due) return;
  due = at;
  clearTimeout(timer);
  timer = setTimeout(() => void savePreferences(), waitMs);
}

/** Sends what is not saved yet. A server that is away is asked again; what it refuses stays in this window only. */
export async function savePreferences(options: { leaving?: boolean } = {}): Promise<void> {
  clearTimeout(timer);
  due = Number.POSITIVE_INFINITY;
  const sent = unsaved;
  if (Object.keys(sent).length === 0) return;
  unsaved = {};
  try {
    const key = crypto.randomUUID();
    await callOperation('accounts.updateProfile', { preferences: sent }, { key, keepalive: options.leaving ?? false });
    for (const hear of hearers) hear(Object.keys(sent));
  } catch (error) {
    if (!(error instanceof OperationError) || !error.isPassing) return;
    unsaved = { ...sent, ...unsaved };
    saveIn(AGAIN_MS);
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What is kept under a name; undefined when nothing is. It was written by an earlier version perhaps: check its shape. */
export const preference = (name: string): unknown => values[name] ?? undefined;

export function usePreference(name: string): unknown {
  return useSyncExternalStore(subscribe, () => preference(name));
}

/** Names of the drafts that wait to be sent, here or in another browser. */
export function useDraftNames(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => drafts);
}

/** Says which names the server has got, for whoever keeps a copy of them. */
export const whenSaved = (hear: (names: readonly string[]) => void): void => void hearers.add(hear);
