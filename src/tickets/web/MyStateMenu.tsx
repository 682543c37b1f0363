import type { ReactNode } from 'react';
import { useText } from '#platform/language.tsx';
import { Menu, MenuHead, MenuItem } from '#ui/Menu.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';

const REASONS = ['away_meal', 'away_break', 'away_training', 'away_meeting', 'away_other'] as const;

type Props = {
  label: string;
  ready: boolean;
  trigger: ReactNode;
  onChoose: (state: 'ready' | 'away', reason?: string) => void;
};

/** Ready, or away with the reason. */
export function MyStateMenu({ label, ready, trigger, onChoose }: Props) {
  const t = useText(text);
  return (
    <Menu open label={label} className={styles.state} trigger={trigger}>
      <MenuHead>{t.myState}</MenuHead>
      <MenuItem icon="check" onSelect={() => onChoose('ready')} disabled={ready}>
        {t.ready}
      </MenuItem>
      {REASONS.map((reason) => (
        <MenuItem key={reason} icon="pause" onSelect={() => onChoose('away', t[reason])}>
          {t[reason]}
        </MenuItem>
      ))}
    </Menu>
  );
}
