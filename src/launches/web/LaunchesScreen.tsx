import { Link, useParams } from '@tanstack/react-router';
import { MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { shortDay } from '#ui/format.ts';
import { Chip, Empty, ErrorNote, Page, Skeleton } from '#ui/index.tsx';
import styles from './Launches.module.css';
import { OneLaunch } from './OneLaunch.tsx';
import { text } from './text.ts';

type State = OutputOf<'launches.get'>['state'];
const TONES = { preparing: 'mute', ready: 'accent', open: 'ok', open_lacking: 'danger' } as const;

/** How far each mall is, and of the one that is chosen what is missing and why. */
export function Screen() {
  const t = useText(text);
  const nameOf = useMallName();
  const { mallId } = useParams({ strict: false });
  const list = useOperation('launches.list', {}, { staleMs: 0 });
  const rows = list.data?.items ?? [];
  return (
    <Page title={t.title} about={t.about}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={12} />}
      {list.data && (
        <div className={styles.split}>
          <nav className={styles.malls} aria-label={t.malls}>
            {rows.map(({ mall, state, done, of, opening }) => (
              <Link key={mall} to={`/launches/${mall}`} aria-current={mall === mallId ? 'page' : undefined}>
                <MallTagOf mall={mall} />
                <span className="el grow">{nameOf(mall)}</span>
                <span className="t3 f12 nw num">
                  {state === 'open' && opening ? shortDay(new Date(opening.at)) : `${done}/${of}`}
                </span>
                <StateChip state={state} />
              </Link>
            ))}
          </nav>
          {mallId ? (
            <OneLaunch key={mallId} mall={mallId} />
          ) : (
            <Empty icon="flag" title={t.choose} about={t.chooseAbout} />
          )}
        </div>
      )}
    </Page>
  );
}

/** Where a mall stands, in a word. */
export function StateChip({ state }: { state: State }) {
  const t = useText(text);
  return <Chip tone={TONES[state]}>{t[`state_${state}`]}</Chip>;
}
