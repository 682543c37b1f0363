let owner = '';

/** Whose browser memory is meant from now on: the id of the person who signed in. */
export function rememberFor(personId: string): void {
  owner = personId;
}

/** What this person left in this browser under a name; `fallback` when there is nothing, or nothing readable. */
export function remembered<T>(name: string, fallback: T): T {
  try {
    const stored = localStorage.getItem(`haedap.${owner}.${name}`);
    return stored === null ? fallback : (JSON.parse(stored) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a small thing of this person in this browser. A full or closed storage loses it without a word. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(`haedap.${owner}.${name}`, JSON.stringify(value));
  } catch {
    return;
  }
}
