import type { ReactNode } from 'react';
import styles from './Chip.module.css';
import type { IconName } from './drawings.ts';
import { Icon } from './Icon.tsx';

export type Tone = 'mute' | 'danger' | 'warn' | 'ok' | 'accent' | 'line';

/** A state: word first, icon second, colour last. Normal states are plain words without a chip. */
export function Chip({ tone = 'mute', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** The mall, in two letters, before the name; its full name on hover. */
export function MallTag({ short, name }: { short: string; name: string }) {
  return (
    <abbr className={styles.mall} title={name} translate="no">
      {short}
    </abbr>
  );
}
