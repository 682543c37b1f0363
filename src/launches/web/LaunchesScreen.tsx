import { useParams } from '@tanstack/react-router';
import { MallSplit } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { type ItemOf, type OutputOf, useOperation } from '#platform/web.ts';
import { shortDay } from '#ui/format.ts';
import { Chip, Empty, ErrorNote, Page, Skeleton } from '#ui/index.tsx';
import { OneLaunch } from './OneLaunch.tsx';
import { text } from './text.ts';

type State = OutputOf<'launches.get'>['state'];
const TONES = { preparing: 'mute', ready: 'accent', open: 'ok', open_lacking: 'danger' } as const;

/** How far each mall is, and of the one that is chosen what is missing and why. */
export function Screen() {
  const t = useText(text);
  const { mallId } = useParams({ strict: false });
  const list = useOperation('launches.list', {}, { staleMs: 0 });
  return (
    <Page title={t.title} about={t.about}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={12} />}
      {list.data && (
        <MallSplit
          label={t.malls}
          base="/launches"
          current={mallId}
          rows={list.data.items.map((row) => ({ mall: row.mall, after: <HowFar row={row} /> }))}
        >
          {mallId ? (
            <OneLaunch key={mallId} mall={mallId} />
          ) : (
            <Empty icon="flag" title={t.choose} about={t.chooseAbout} />
          )}
        </MallSplit>
      )}
    </Page>
  );
}

function HowFar({ row: { state, done, of, opening } }: { row: ItemOf<'launches.list'> }) {
  return (
    <>
      <span className="t3 f12 nw num">
        {state === 'open' && opening ? shortDay(new Date(opening.at)) : `${done}/${of}`}
      </span>
      <StateChip state={state} />
    </>
  );
}

/** Where a mall stands, in a word. */
export function StateChip({ state }: { state: State }) {
  const t = useText(text);
  return <Chip tone={TONES[state]}>{t[`state_${state}`]}</Chip>;
}
