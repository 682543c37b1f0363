import { lazy } from 'react';
import { useText } from '#platform/language.tsx';
import { Icon, MenuButton } from '#ui/index.tsx';
import styles from './Desk.module.css';
import type { MoreProps } from './MoreMenu.tsx';
import { text } from './text.ts';

const load = () => import('./MoreMenu.tsx').then(({ MoreMenu }) => ({ default: MoreMenu }));
const MoreMenu = lazy(load);

/** What is done with a ticket less often. */
export function MoreActions(props: MoreProps) {
  const t = useText(text);
  return (
    <MenuButton label={t.more2} className={styles.moreButton} trigger={<Icon name="more" />} load={load}>
      <MoreMenu {...props} />
    </MenuButton>
  );
}
