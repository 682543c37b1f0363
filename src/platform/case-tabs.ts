import { preference, setPreference, usePreference } from './preferences.ts';

/** A case that is open: who, on which channel, and where its page lies. */
export type CaseTab = { id: string; path: string; icon: string; mall: string; name: string };

const MOST = 12;
const PLACE = 'cases';
/** Opening cases is what an agent does all day: their tabs reach the server now and then, and when the page is left. */
const SERVER_MS = 20_000;
const none: readonly CaseTab[] = [];

const asTabs = (kept: unknown): readonly CaseTab[] => (Array.isArray(kept) ? (kept as CaseTab[]) : none);
const all = () => asTabs(preference(PLACE));
const set = (next: readonly CaseTab[]) => setPreference(PLACE, next, SERVER_MS);

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

/** The open cases of this person, the same wherever they sign in. */
export const useCases = (): readonly CaseTab[] => asTabs(usePreference(PLACE));
