import { useEffect, useSyncExternalStore } from 'react';

/** Ids of the records that the present work is about, by kind: `{ customer, order }`. Side panels are filled with them. */
export type Subject = Readonly<Record<string, string | undefined>>;

let subject: Subject = {};
const listeners = new Set<() => void>();

export function setSubject(next: Subject): void {
  const kinds = new Set([...Object.keys(next), ...Object.keys(subject)]);
  if ([...kinds].every((kind) => next[kind] === subject[kind])) return;
  subject = next;
  for (const listener of listeners) listener();
}

export function useSubject(): Subject {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => subject,
  );
}

/** Says what the page is about while it is shown. */
export function useSubjectOfPage(kind: string, id: string | undefined, more: Subject = {}): void {
  const shape = JSON.stringify({ ...more, [kind]: id });
  useEffect(() => setSubject(JSON.parse(shape) as Subject), [shape]);
}
