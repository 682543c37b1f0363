import { lazy, Suspense, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { MeWords } from './MeWords.tsx';
import styles from './TopBar.module.css';
import { text } from './text.ts';

const load = () => import('./MeMenu.tsx').then(({ MeMenu }) => ({ default: MeMenu }));
const MeMenu = lazy(load);

/** My name in the top bar; its menu is fetched when the pointer or the focus comes near. */
export function MeButton({ onKeys }: { onKeys: () => void }) {
  const t = useText(text);
  const me = useMe();
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className={styles.me}
      aria-haspopup="menu"
      aria-label={`${t.myMenu}: ${me.name}`}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    >
      <MeWords />
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <MeMenu onKeys={onKeys} />
    </Suspense>
  ) : (
    button
  );
}
