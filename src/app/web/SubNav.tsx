import { Link } from '@tanstack/react-router';
import { useText, useTitle } from '#platform/language.tsx';
import { type AreaOf, useScreenShown } from './Rail.tsx';
import styles from './Shell.module.css';
import { text } from './text.ts';

/** The screens of an area that has several. */
export function SubNav({ areas }: { areas: readonly AreaOf[] }) {
  const t = useText(text);
  const title = useTitle();
  const shown = useScreenShown();
  const mine = areas.find(({ area }) => area === shown?.area);
  if (!mine || mine.screens.length < 2) return null;
  return (
    <nav className={styles.sub} aria-label={t[`area_${mine.area}`]}>
      {mine.screens.map((screen) => (
        <Link
          key={screen.path}
          to={screen.path}
          activeOptions={{ exact: true }}
          aria-current={screen.path === shown?.path ? 'page' : undefined}
        >
          {title(screen.title)}
        </Link>
      ))}
    </nav>
  );
}
