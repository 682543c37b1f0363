import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMallName, useTopicName } from '#malls/web/parts.tsx';
import { useLanguage, useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, ErrorNote, Icon, Part, Skeleton, Why } from '#ui/index.tsx';
import styles from './Launches.module.css';
import { MarkDialog, type Marking } from './MarkDialog.tsx';
import { text } from './text.ts';

type Readiness = OutputOf<'launches.get'>;
type Item = Readiness['items'][number];

/** A mall's readiness list: what Haedap found, what people said, and its opening. */
export function OneLaunch({ mall }: { mall: string }) {
  const t = useText(text);
  const language = useLanguage();
  const nameOf = useMallName();
  const found = useOperation('launches.get', { mall }, { staleMs: 0 });
  const [marking, setMarking] = useState<Marking | null>(null);
  if (found.error) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton rows={13} />;
  const { items, at, done, of } = found.data;
  const seen = items.filter(({ by }) => by === 'haedap');
  const said = items.filter(({ by }) => by === 'people');
  const row = (item: Item) => <Row key={item.item} mall={mall} item={item} onMark={setMarking} />;
  return (
    <section className={styles.view} aria-label={nameOf(mall)}>
      <Opening readiness={found.data} onMark={setMarking} />
      <Part title={t.seen} about={`${t.asOf} ${moment(new Date(at), language)} · ${done}/${of}`}>
        <ul className={styles.items}>{seen.map(row)}</ul>
      </Part>
      <Part title={t.said} about={t.saidAbout}>
        <ul className={styles.items}>{said.map(row)}</ul>
      </Part>
      <History marks={found.data.marks} />
      {marking && <MarkDialog mall={mall} marking={marking} onClose={() => setMarking(null)} />}
    </section>
  );
}

type OnMark = { onMark: (marking: Marking) => void };

/** Whether the mall may open, who opened it, and the button for whoever decides it. */
function Opening({ readiness, onMark }: OnMark & { readiness: Readiness }) {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const name = useMallName()(readiness.mall);
  const { state, opening, of, done } = readiness;
  const lacking = of - done;
  return (
    <div className={styles.opening}>
      <div className="grow">
        <p className="f18 bold">{t[`say_${state}`](String(lacking))}</p>
        {opening && (
          <p className="t2">
            {t.openedBy(opening.by, moment(new Date(opening.at), language))}
            {opening.note && ` · ${opening.note}`}
          </p>
        )}
        {!opening && lacking > 0 && <Why>{t.whyNot}</Why>}
      </div>
      {can('launches.setOpening') &&
        (opening ? (
          <Button onClick={() => onMark({ item: 'opening', done: false })}>{t.takeBackOpening}</Button>
        ) : (
          <Button look="primary" disabled={lacking > 0} onClick={() => onMark({ item: 'opening', done: true })}>
            {t.open(name)}
          </Button>
        ))}
    </div>
  );
}

/** Where each computed item is put right. */
const PLACES: Partial<Record<Item['item'], (mall: string) => string>> = {
  manuals: (mall) => `/malls/${mall}?view=manuals`,
  line: (mall) => `/malls/${mall}?view=lines`,
  contacts: (mall) => `/malls/${mall}?view=contacts`,
  people: () => '/settings/people',
  orders: () => '/orders/import',
  goods: () => '/products',
  inventory: () => '/products',
};

function Row({ mall, item, onMark }: OnMark & { mall: string; item: Item }) {
  const t = useText(text);
  const title = useTitle();
  const language = useLanguage();
  const topicOf = useTopicName();
  const can = useCan();
  const place = item.ok ? undefined : PLACES[item.item]?.(mall);
  const { marked } = item;
  return (
    <li aria-label={t[`item_${item.item}`]}>
      <Icon
        name={item.ok ? 'check' : 'warn'}
        label={item.ok ? t.there : t.missing}
        className={item.ok ? 'ok' : 'warn'}
      />
      <div className="grow">
        <p className="med">{t[`item_${item.item}`]}</p>
        <p className="t2 f12">
          {item.says && title(item.says)}
          {marked && `${item.ok ? '' : `${t.takenBack} · `}${marked.by} · ${moment(new Date(marked.at), language)}`}
          {marked?.note && ` · ${marked.note}`}
          {item.by === 'people' && !marked && t.nobody}
        </p>
        {item.missing.length > 0 && (
          <p className={styles.missing}>
            {item.missing.map((topic) => (
              <Link key={topic} to={`/malls/${mall}?topic=${topic}`}>
                {topicOf(topic)}
              </Link>
            ))}
          </p>
        )}
      </div>
      {place && item.missing.length === 0 && <Link to={place}>{t.putRight}</Link>}
      {item.by === 'people' && can('launches.mark') && (
        <Button small onClick={() => onMark({ item: item.item as Marking['item'], done: !item.ok })}>
          {item.ok ? t.takeBack : t.tick}
        </Button>
      )}
    </li>
  );
}

function History({ marks }: { marks: Readiness['marks'] }) {
  const t = useText(text);
  const language = useLanguage();
  if (marks.length === 0) return null;
  return (
    <Part title={t.history}>
      <ol className={styles.history}>
        {marks.map((mark) => (
          <li key={mark.id} className="f12 t2">
            <span className="nw">{moment(new Date(mark.at), language)}</span>
            <span className="nw">{mark.by}</span>
            <span className="nw med">
              {t[`item_${mark.item}`]} {mark.done ? t.ticked : t.takenBack}
            </span>
            <span className="el">{mark.note}</span>
          </li>
        ))}
      </ol>
    </Part>
  );
}
