import { useSyncExternalStore } from 'react';
import { remember, remembered } from './remember.ts';

/** A case that is open: who, on which channel, and where its page lies. */
export type CaseTab = { id: string; path: string; icon: string; mall: string; name: string };

const MOST = 12;
const PLACE = 'cases';
let tabs: readonly CaseTab[] | null = null;
const listeners = new Set<() => void>();

const all = (): readonly CaseTab[] => {
  tabs ??= remembered<CaseTab[]>(PLACE, []);
  return tabs;
};

function set(next: readonly CaseTab[]) {
  tabs = next;
  remember(PLACE, next);
  for (const listener of listeners) listener();
}

/** Opens a case's tab, or renews what it says. The oldest one gives way beyond twelve. */
export function openCase(tab: CaseTab): void {
  const known = all().find((one) => one.id === tab.id);
  if (known && JSON.stringify(known) === JSON.stringify(tab)) return;
  if (known) set(all().map((one) => (one.id === tab.id ? tab : one)));
  else set([...all(), tab].slice(-MOST));
}

export function closeCase(id: string): void {
  set(all().filter((one) => one.id !== id));
}

/** Forgets the tabs of the person before: another one has signed in. */
export function reloadCases(): void {
  tabs = null;
  for (const listener of listeners) listener();
}

export function useCases(): readonly CaseTab[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, all);
}
