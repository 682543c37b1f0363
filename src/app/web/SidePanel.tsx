import { lazy, Suspense } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { Kbd, Skeleton } from '#ui/index.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import styles from './Shell.module.css';
import { text } from './text.ts';
import type { PanelName, PanelState } from './usePanel.ts';

const Requests = lazy(() => import('#requests/web/parts.tsx').then((parts) => ({ default: parts.RequestsPart })));

const PANELS = {
  order: lazy(() => import('#orders/web/parts.tsx').then((parts) => ({ default: parts.OrderPanel }))),
  delivery: lazy(() => import('#orders/web/parts.tsx').then((parts) => ({ default: parts.DeliveryPanel }))),
  customer: lazy(() => import('#customers/web/parts.tsx').then((parts) => ({ default: parts.CustomerPanel }))),
  voc: lazy(() => import('#voc/web/parts.tsx').then((parts) => ({ default: parts.VocPanel }))),
} satisfies Record<PanelName, unknown>;

/** One of the four everyday screens beside the present work, on its customer. */
export function SidePanel({ panel }: { panel: PanelState }) {
  const t = useText(text);
  const title = useTitle();
  if (!panel.open) return null;
  const Body = PANELS[panel.open.name];
  return (
    <aside className={styles.panel} aria-label={t.panel}>
      <nav className={styles.panelTop} aria-label={t.panel}>
        {panel.there.map(({ name, title: words, keys }) => (
          <button
            key={name}
            type="button"
            aria-pressed={panel.open?.name === name}
            onClick={() => panel.show(name, true)}
          >
            {title(words)}
            <Kbd keys={keys} />
          </button>
        ))}
        <button type="button" className={styles.shut} onClick={panel.close} title={t.close}>
          <span className="sr">{t.close}</span>
          <Kbd keys="Esc" />
        </button>
      </nav>
      <div className={styles.panelBody} tabIndex={-1}>
        <ErrorBoundary place={`${panel.open.name} ${JSON.stringify(panel.subject)}`}>
          <Suspense fallback={<Skeleton rows={10} />}>
            <Body subject={panel.subject} />
            {panel.open.name === 'order' && <Requests subject={panel.subject} />}
          </Suspense>
        </ErrorBoundary>
      </div>
    </aside>
  );
}
