import { useShownKeys } from '#platform/hotkeys-react.ts';
import styles from './Kbd.module.css';

/** A key as it is printed on the keyboard, where its person put it; `Ctrl+K` reads `Ctrl K`. `exact`: as it is given. */
export function Kbd({ keys, exact }: { keys: string; exact?: boolean }) {
  const placed = useShownKeys(keys);
  const shown = exact ? keys : placed;
  return (
    <span data-kbd="" className={styles.kbd} aria-hidden="true">
      {shown === 'Shift+/' ? '?' : shown.replaceAll('+', ' ')}
    </span>
  );
}
