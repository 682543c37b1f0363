import { carrierTitle } from '#orders/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { type ItemOf, useOperation } from '#platform/web.ts';
import { clock, count } from '#ui/format.ts';
import { Age, Chip, ErrorNote, Facts, Moment, Page, Part, Scroll, Skeleton } from '#ui/index.tsx';
import { text } from './text.ts';

type Source = ItemOf<'connectors.listSources'>;
const EVERY_MS = 15_000;

/** Each outside system: how it stands, since when and why, and when it is asked again. */
export function Screen() {
  const t = useText(text);
  const list = useOperation('connectors.listSources', {}, { refetchMs: EVERY_MS });
  return (
    <Page title={t.connections} about={t.about}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={6} />}
      {list.data && (
        <Scroll narrow>
          {list.data.items.map((source) => (
            <SourcePart key={source.id} source={source} />
          ))}
        </Scroll>
      )}
    </Page>
  );
}

const TONES = {
  off: 'mute',
  ok: 'ok',
  slow: 'warn',
  limited: 'warn',
  down: 'danger',
  nonsense: 'danger',
  refused: 'danger',
} as const;

function SourcePart({ source }: { source: Source }) {
  const t = useText(text);
  const language = useLanguage();
  const why = useWhy()(source);
  const name = source.carrier ? t.carrier(carrierTitle(source.carrier, language)) : t.tracker;
  const { state, since, lastOkAt, resumeAt, parcels, waiting, detail } = source;
  const ill = state !== 'ok' && state !== 'off';
  return (
    <Part title={name} about={source.host ?? undefined} actions={<Chip tone={TONES[state]}>{t[state]}</Chip>}>
      {state === 'off' && <p className="t2">{t.offAbout}</p>}
      {state !== 'off' && (
        <Facts
          rows={[
            [t.since, <Moment key="since" at={since} />],
            ...(ill ? [[t.why, why] as const] : []),
            ...(!ill && detail ? [[t.note, detail] as const] : []),
            [t.lastOk, lastOkAt ? <Age key="ok" at={lastOkAt} /> : '–'],
            ...(resumeAt ? [[t.resume, clock(new Date(resumeAt))] as const] : []),
            [t.parcels, `${count(parcels)}${waiting > 0 ? ` · ${t.waiting(count(waiting))}` : ''}`],
          ]}
        />
      )}
      {ill && <p className="t2">{t.byItself}</p>}
    </Part>
  );
}

/** The code of a trouble in words. */
function useWhy(): (source: Source) => string {
  const t = useText(text);
  return ({ why }) => {
    if (!why) return '';
    if (/^http_40[13]$/.test(why) || why === 'key_refused') return t.why_key;
    if (why.startsWith('http_')) return t.why_http(why.slice(5));
    if (why.startsWith('egress_')) return t.why_egress;
    const known = `why_${why}` as
      | 'why_timeout'
      | 'why_network'
      | 'why_limited'
      | 'why_unreadable'
      | 'why_carrier_down'
      | 'why_slow';
    return t[known] ?? why;
  };
}
