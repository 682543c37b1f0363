import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { MallTagOf } from '#malls/web/parts.tsx';
import { type CaseTab, closeCase, useCases } from '#platform/case-tabs.ts';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { Icon, type IconName, Kbd } from '#ui/index.tsx';
import styles from './Shell.module.css';
import { text } from './text.ts';

/** One tab for each customer being helped; they come back after a reload. */
export function CaseTabs({ always }: { always: boolean }) {
  const t = useText(text);
  const cases = useCases();
  const navigate = useNavigate();
  const place = useLocation({ select: ({ pathname }) => pathname });
  const shown = cases.findIndex((tab) => tab.path === place);

  const open = (tab: CaseTab | undefined) => tab && void navigate({ to: tab.path });
  const step = (by: number) => () => open(cases[(shown + by + cases.length) % cases.length]);
  function close(tab: CaseTab) {
    closeCase(tab.id);
    if (tab.path === place) void navigate({ to: cases[shown - 1]?.path ?? cases[shown + 1]?.path ?? '/tickets' });
  }
  const some = () => cases.length > 0;
  useHotkeys([
    { keys: 'Alt+[', title: { ko: '앞 탭', en: 'Case tab before' }, layer: 'frame', run: step(-1), when: some },
    { keys: 'Alt+]', title: { ko: '다음 탭', en: 'Next case tab' }, layer: 'frame', run: step(1), when: some },
    {
      keys: 'Alt+X',
      title: { ko: '탭 닫기', en: 'Close the case tab' },
      layer: 'frame',
      run: () => cases[shown] && close(cases[shown]),
      when: () => shown >= 0,
    },
  ]);
  if (cases.length === 0 && !always) return null;
  return (
    <nav className={styles.tabs} aria-label={t.cases}>
      {cases.map((tab) => (
        <div key={tab.id} className={styles.tab} data-shown={tab.path === place ? '' : undefined}>
          <Link to={tab.path} aria-current={tab.path === place ? 'page' : undefined}>
            <Icon name={tab.icon as IconName} />
            <MallTagOf mall={tab.mall} />
            <span className="el">{tab.name}</span>
          </Link>
          <button type="button" aria-label={t.closeCase(tab.name)} onClick={() => close(tab)}>
            <Icon name="x" small />
          </button>
        </div>
      ))}
      {cases.length === 0 && <span className={styles.hint}>{t.noCases}</span>}
      {cases.length > 1 && (
        <span className={styles.move}>
          {t.move} <Kbd keys="Alt+[" />
          <Kbd keys="Alt+]" />
        </span>
      )}
    </nav>
  );
}
