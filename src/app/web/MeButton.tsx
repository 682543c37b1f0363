import { lazy } from 'react';
import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { MenuButton } from '#ui/index.tsx';
import { MeWords } from './MeWords.tsx';
import styles from './TopBar.module.css';
import { text } from './text.ts';

const load = () => import('./MeMenu.tsx').then(({ MeMenu }) => ({ default: MeMenu }));
const MeMenu = lazy(load);

/** My name in the top bar, and my menu. */
export function MeButton({ onKeys }: { onKeys: () => void }) {
  const t = useText(text);
  const me = useMe();
  return (
    <MenuButton label={`${t.myMenu}: ${me.name}`} className={styles.me} trigger={<MeWords />} load={load}>
      <MeMenu onKeys={onKeys} />
    </MenuButton>
  );
}
