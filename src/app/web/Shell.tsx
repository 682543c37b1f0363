import { Outlet, useLocation, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useHotkeyListener, useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { Toasts } from '#ui/index.tsx';
import { CaseTabs } from './CaseTabs.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { NotHere } from './NotHere.tsx';
import { Rail, useAreas, useScreenShown } from './Rail.tsx';
import styles from './Shell.module.css';
import { SidePanel } from './SidePanel.tsx';
import { SubNav } from './SubNav.tsx';
import { TopBar } from './TopBar.tsx';
import { text } from './text.ts';
import { usePanel } from './usePanel.ts';

const loadPalette = () => import('./Palette.tsx').then(({ Palette: component }) => ({ default: component }));
const Palette = lazy(loadPalette);
/** After the first screen is there: what is typed right after Ctrl+K must not be lost to loading. */
const PALETTE_MS = 2_000;
const KeysPage = lazy(() => import('./KeysPage.tsx').then(({ KeysPage: component }) => ({ default: component })));

type Over = 'palette' | 'keys' | null;

/** The frame around every screen: top bar, rail, case tabs, the work, and the panel beside it. */
export function Shell() {
  const t = useText(text);
  const [over, setOver] = useState<Over>(null);
  const panel = usePanel();
  const areas = useAreas();
  const onDesk = useLocation({ select: ({ pathname }) => pathname.startsWith('/tickets') });
  // Where the screen that is drawn now stands: the address changes before the screen has loaded.
  const at = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  useHotkeyListener();
  useFrameKeys(setOver);
  return (
    <div className={styles.app}>
      <a href="#work" className={styles.skip}>
        {t.skip}
      </a>
      <TopBar panel={panel} onSearch={() => setOver('palette')} onKeys={() => setOver('keys')} />
      <Rail areas={areas} />
      <div className={styles.main}>
        <CaseTabs always={onDesk} />
        <div className={styles.work} data-panel={panel.open ? '' : undefined}>
          <main id="work" className={styles.screen} tabIndex={-1} data-at={at}>
            <SubNav areas={areas} />
            <div className={styles.content}>
              <GuardedOutlet />
            </div>
          </main>
          {panel.open && <SidePanel panel={panel} />}
        </div>
      </div>
      <Suspense>
        {over === 'palette' && <Palette onClose={() => setOver(null)} onKeys={() => setOver('keys')} />}
        {over === 'keys' && <KeysPage onClose={() => setOver(null)} />}
      </Suspense>
      <Toasts />
    </div>
  );
}

/** A screen is there for those who may run the operation that it needs; a failing one leaves the frame standing. */
function GuardedOutlet() {
  const can = useCan();
  const shown = useScreenShown();
  const place = useLocation({ select: ({ pathname }) => pathname });
  if (shown?.needs && !can(shown.needs)) return <NotHere />;
  return (
    <ErrorBoundary place={place}>
      <Outlet />
    </ErrorBoundary>
  );
}

function useFrameKeys(setOver: (over: Over) => void) {
  useEffect(() => {
    const timer = setTimeout(loadPalette, PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);
  useHotkeys([
    {
      keys: 'Ctrl+K',
      title: { ko: '통합검색', en: 'Search everything' },
      layer: 'frame',
      run: () => setOver('palette'),
    },
    { keys: 'Shift+/', title: { ko: '단축키 보기', en: 'Show the keys' }, layer: 'frame', run: () => setOver('keys') },
  ]);
}
