import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Kbd } from './Kbd.tsx';
import styles from './Tabs.module.css';

export type TabItem<V extends string> = {
  value: V;
  name: string;
  count?: number | string | undefined;
  hotkey?: string;
};
type Props<V extends string> = {
  label: string;
  value: V;
  items: readonly TabItem<V>[];
  onChange: (value: V) => void;
  look?: 'line' | 'pill';
  /** Id of the element that the tabs fill. */
  controls: string;
  after?: ReactNode;
};

/** Views of one thing. Arrows move between them, as everywhere. */
export function Tabs<V extends string>({ label, value, items, onChange, look = 'pill', controls, after }: Props<V>) {
  const list = useRef<HTMLDivElement>(null);
  function move(event: KeyboardEvent) {
    const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const index = items.findIndex((item) => item.value === value);
    const next = items[(index + step + items.length) % items.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    list.current?.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  }
  return (
    <div className={styles[look]}>
      <div role="tablist" aria-label={label} ref={list} onKeyDown={move} className={styles.list}>
        {items.map((item) => (
          <button
            key={item.value}
            type="button"
            role="tab"
            data-value={item.value}
            aria-selected={item.value === value}
            aria-controls={controls}
            tabIndex={item.value === value ? 0 : -1}
            onClick={() => onChange(item.value)}
          >
            {item.name}
            {item.count !== undefined && (
              <b>{typeof item.count === 'string' ? item.count : item.count.toLocaleString('ko-KR')}</b>
            )}
            {item.hotkey && <Kbd keys={item.hotkey} />}
          </button>
        ))}
      </div>
      {after}
    </div>
  );
}
