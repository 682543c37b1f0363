import styles from './Kbd.module.css';

/** A key as it is printed on the keyboard; `Ctrl+K` reads `Ctrl K`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span data-kbd="" className={styles.kbd} aria-hidden="true">
      {keys === 'Shift+/' ? '?' : keys.replaceAll('+', ' ')}
    </span>
  );
}
