import { useEffect, useRef, useState } from 'react';
import styles from './Field.module.css';
import { Icon } from './Icon.tsx';

type Props = { label: string; value: string; onChange: (value: string) => void };
const PAUSE_MS = 180;

/** A list's search: it follows the typing after a pause, and never while a syllable is being composed. */
export function SearchField({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);

  function send(next: string, wait: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (composing.current || next === sent.current) return;
      sent.current = next;
      onChange(next);
    }, wait);
  }

  return (
    <label className={`${styles.box} ${styles.search}`}>
      <span className="sr">{label}</span>
      <Icon name="search" small className="t3" />
      <input
        type="search"
        className={styles.input}
        placeholder={label}
        value={typed}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          send(event.currentTarget.value, PAUSE_MS);
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          send(event.target.value, PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) send(event.currentTarget.value, 0);
        }}
      />
    </label>
  );
}
