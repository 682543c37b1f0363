import { Link } from '@tanstack/react-router';
import { MallTagOf } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { type ItemOf, useInfinite } from '#platform/web.ts';
import { clock, dayKey, longDay } from '#ui/format.ts';
import { Button, Empty, ErrorNote, Icon, type IconName, Part, Skeleton, Won } from '#ui/index.tsx';
import styles from './Customer.module.css';
import { text } from './text.ts';

type Entry = ItemOf<'customers.timeline'>;
const ICONS: Record<Entry['kind'], IconName> = { order: 'box', ticket: 'chat', call: 'phone' };
const PAGES: Record<Entry['kind'], (id: string) => string> = {
  order: (id) => `/orders/${id}`,
  ticket: (id) => `/tickets/${id}`,
  call: () => '/calls',
};

/** Every contact and purchase of a customer in one line of time, newest first. */
export function CustomerTimeline({ id }: { id: string }) {
  const t = useText(text);
  const list = useInfinite('customers.timeline', { id });
  return (
    <Part title={t.history} about={t.historyAbout}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={6} height={28} />}
      {list.isSuccess && list.items.length === 0 && <Empty icon="clock" title={t.noHistory} />}
      <ol className={styles.timeline}>
        {list.items.map((entry, index) => (
          <TimelineLine key={`${entry.kind} ${entry.id}`} entry={entry} before={list.items[index - 1]} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button small look="quiet" icon="chev" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.history}
        </Button>
      )}
    </Part>
  );
}

function TimelineLine({ entry, before }: { entry: Entry; before: Entry | undefined }) {
  const t = useText(text);
  const language = useLanguage();
  const at = new Date(entry.at);
  const newDay = !before || dayKey(new Date(before.at)) !== dayKey(at);
  return (
    <>
      {newDay && <li className={styles.day}>{longDay(at, language)}</li>}
      <li className={styles.line}>
        <time dateTime={entry.at}>{clock(at)}</time>
        <Icon name={ICONS[entry.kind]} small label={t[`kind_${entry.kind}`]} />
        <MallTagOf mall={entry.mall} />
        <Link to={PAGES[entry.kind](entry.id)} className="el grow">
          {entry.title}
        </Link>
        {entry.total !== null && <Won krw={entry.total} unit />}
      </li>
    </>
  );
}
