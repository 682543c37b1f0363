import { useEffect, useSyncExternalStore } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText, words } from '#platform/language.tsx';
import { Button, IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './Toast.module.css';

const text = words({
  ko: { undo: '되돌리기', close: '닫기', told: '알림' },
  en: { undo: 'Undo', close: 'Close', told: 'Notices' },
});

type Told = { id: number; message: string; tone: 'ok' | 'danger'; undo?: (() => void) | undefined };

const UNDO_MS = 8_000;
const listeners = new Set<() => void>();
let told: readonly Told[] = [];
let last = 0;

function set(next: readonly Told[]) {
  told = next;
  for (const listener of listeners) listener();
}

/** Says that something was done; `undo` takes it back within 8 seconds, by button or Alt+Z. */
export function tell(message: string, options: { undo?: () => void; tone?: 'ok' | 'danger' } = {}): void {
  last += 1;
  set([...told.slice(-2), { id: last, message, tone: options.tone ?? 'ok', undo: options.undo }]);
}

const close = (id: number) => set(told.filter((one) => one.id !== id));

function takeBack(one: Told | undefined) {
  if (!one) return;
  close(one.id);
  one.undo?.();
}

function Line({ one }: { one: Told }) {
  const t = useText(text);
  useEffect(() => {
    const timer = setTimeout(() => close(one.id), one.tone === 'danger' ? 2 * UNDO_MS : UNDO_MS);
    return () => clearTimeout(timer);
  }, [one]);
  return (
    <div className={styles.toast}>
      <Icon name={one.tone === 'ok' ? 'check' : 'warn'} className={one.tone} />
      <span className="grow">{one.message}</span>
      {one.undo && (
        <Button small look="quiet" icon="undo" hotkey="Alt+Z" onClick={() => takeBack(one)}>
          {t.undo}
        </Button>
      )}
      <IconButton icon="x" label={t.close} onClick={() => close(one.id)} />
    </div>
  );
}

/** Where notices appear: below, out of the way of the work. */
export function Toasts() {
  const t = useText(text);
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => told,
  );
  const latest = list.findLast((one) => one.undo);
  useHotkeys([
    {
      keys: 'Alt+Z',
      title: { ko: '되돌리기', en: 'Undo' },
      layer: 'frame',
      run: () => takeBack(latest),
      when: () => latest !== undefined,
    },
  ]);
  return (
    <section className={styles.area} aria-label={t.told} aria-live="polite">
      {list.map((one) => (
        <Line key={one.id} one={one} />
      ))}
    </section>
  );
}
