import { useEffect, useRef, useSyncExternalStore } from 'react';
import { collisions, type Hotkey, hotkeys } from './hotkeys.ts';

/** Binds keys while the component is shown. The functions may change on each render; the keys should not. */
export function useHotkeys(own: readonly Hotkey[], active = true): void {
  const latest = useRef(own);
  latest.current = own;
  const shape = JSON.stringify(own.map(({ run, when, ...fixed }) => fixed));
  useEffect(() => {
    if (!active) return;
    const fixed: Omit<Hotkey, 'run' | 'when'>[] = JSON.parse(shape);
    const remove = hotkeys.add(
      fixed.map((hotkey, index) => ({
        ...hotkey,
        run: (event) => latest.current[index]?.run(event),
        when: () => latest.current[index]?.when?.() ?? true,
      })),
    );
    if (import.meta.env?.DEV) tellCollisions();
    return remove;
  }, [shape, active]);
}

function tellCollisions() {
  for (const told of collisions(hotkeys.list())) reportError(new Error(`Hotkeys: ${told}`));
}

/** All keys in force on this page, for the `?` page. */
export function useBoundHotkeys(): readonly Hotkey[] {
  return useSyncExternalStore(hotkeys.subscribe, hotkeys.list);
}

/** Where the keys of a hint are now: a person may have given them another place. */
export function useShownKeys(keys: string): string {
  return useSyncExternalStore(hotkeys.subscribe, () => hotkeys.shown(keys));
}

/** Listens on the window; once, in the frame or on the sign-in page. */
export function useHotkeyListener(active = true): void {
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => hotkeys.press(event);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [active]);
}
