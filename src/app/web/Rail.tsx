import { Link, useMatches } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { Area, Screen } from '#platform/screen.ts';
import { Icon, type IconName } from '#ui/index.tsx';
import styles from './Shell.module.css';
import { allScreens } from './screens.ts';
import { text } from './text.ts';

const Todo = lazy(() => import('#followups/web/parts.tsx').then((parts) => ({ default: parts.TodoLink })));

type RailArea = Exclude<Area, 'none'>;
export type AreaOf = { area: RailArea; screens: readonly Screen[] };

const ICONS: Record<RailArea, IconName> = {
  desk: 'head',
  calls: 'phone',
  claims: 'claim',
  voc: 'voc',
  board: 'board',
  settings: 'gear',
};
const ORDER: readonly RailArea[] = ['desk', 'calls', 'claims', 'voc', 'board', 'settings'];

/** The areas in which this person has screens: a role sees only its own rooms. */
export function useAreas(): readonly AreaOf[] {
  const can = useCan();
  return ORDER.map((area) => ({
    area,
    screens: allScreens.filter(
      (screen) =>
        screen.area === area &&
        screen.listed &&
        (!screen.needs || can(screen.needs)) &&
        (!screen.railNeeds || can(screen.railNeeds)),
    ),
  })).filter(({ screens }) => screens.length > 0);
}

/** The screen that is shown, as the list of screens knows it. */
export function useScreenShown(): Screen | undefined {
  const fullPath = useMatches().at(-1)?.fullPath;
  return allScreens.find((screen) => screen.path === fullPath);
}

export function Rail({ areas }: { areas: readonly AreaOf[] }) {
  const t = useText(text);
  const shown = useScreenShown();
  return (
    <nav className={styles.rail} aria-label={t.work}>
      {areas.map(({ area, screens: [first] }) => (
        <Link
          key={area}
          activeOptions={{ exact: true }}
          to={(first?.path ?? '/').replace(/\/\{-\$\w+\}/g, '')}
          aria-current={shown?.area === area ? 'page' : undefined}
        >
          <Icon name={ICONS[area]} />
          {t[`area_${area}`]}
        </Link>
      ))}
      <Suspense>
        <Todo />
      </Suspense>
    </nav>
  );
}
