import { Link } from '@tanstack/react-router';
import { useText, useTitle } from '#platform/language.tsx';
import { useLine } from '#platform/live-web.ts';
import { MyState } from '#tickets/web/parts.tsx';
import { Icon, Kbd, Mark } from '#ui/index.tsx';
import { MeButton } from './MeButton.tsx';
import styles from './TopBar.module.css';
import { text } from './text.ts';
import type { PanelState } from './usePanel.ts';

type Props = { panel: PanelState; onSearch: () => void; onKeys: () => void };

/** The quick menu, the search and my state: the same on every page. */
export function TopBar({ panel, onSearch, onKeys }: Props) {
  const t = useText(text);
  const title = useTitle();
  const shown = panel.open ?? panel.pageShown;
  return (
    <header className={styles.top}>
      <Link to="/" className={styles.brand}>
        <Mark label={t.haedap} />
      </Link>
      <nav className={styles.quick} aria-label={t.quickMenu}>
        {panel.there.map((everyday) => (
          <button
            key={everyday.name}
            type="button"
            aria-pressed={shown?.name === everyday.name}
            aria-keyshortcuts={everyday.keys}
            onClick={() => panel.press(everyday)}
          >
            <Icon name={everyday.icon} />
            {title(everyday.title)}
            <Kbd keys={everyday.keys} />
          </button>
        ))}
      </nav>
      <button type="button" className={styles.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span className="grow el">
          {t.search} <span className={styles.hint}>{t.searchHint}</span>
        </span>
        <Kbd keys="Ctrl+K" />
      </button>
      <LineState />
      <MyState />
      <MeButton onKeys={onKeys} />
    </header>
  );
}

/** Says calmly when the line to the server is broken; nothing when all is well. */
function LineState() {
  const t = useText(text);
  const line = useLine();
  return (
    <output className={styles.line} aria-live="polite">
      {line === 'reconnecting' && (
        <>
          <Icon name="refresh" small />
          {t.reconnecting}
        </>
      )}
    </output>
  );
}
