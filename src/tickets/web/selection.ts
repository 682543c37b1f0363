import { useSyncExternalStore } from 'react';

/** Rows of the queue that were selected; `whole` means all that the filter holds. */
export type Selection = { ids: ReadonlySet<string>; whole: boolean };

const NONE: Selection = { ids: new Set(), whole: false };
let selection: Selection = NONE;
const listeners = new Set<() => void>();

function set(next: Selection) {
  selection = next;
  for (const listener of listeners) listener();
}

export const selectNone = (): void => set(NONE);
export const selectWhole = (): void => set({ ...selection, whole: true });
export const hasSelection = (): boolean => selection.ids.size > 0;

export function toggleRow(id: string): void {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  set({ ids, whole: false });
}

export function useSelection(): Selection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => selection,
  );
}
