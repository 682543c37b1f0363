import { MallFilter } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { usePrefetch } from '#platform/web.ts';
import { Empty, ErrorNote, Kbd, SearchField, SelectField, Skeleton, Tabs, useRows } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { QueueRow } from './QueueRow.tsx';
import { text } from './text.ts';
import { CHANNELS, type TicketRow } from './ticket-words.ts';
import { type Queue, VIEWS } from './useQueue.ts';

type Props = { queue: Queue; shown: string | undefined; onOpen: (row: TicketRow, peek: boolean) => void };

/** The queue: who waits, where from, since when. */
export function QueueList({ queue, shown, onOpen }: Props) {
  const t = useText(text);
  const { list } = queue;
  return (
    <section className={styles.queue} aria-label={t.queue}>
      <QueueHead queue={queue} />
      {queue.waiting > 0 && (
        <button type="button" className={styles.fresh} onClick={queue.show}>
          {t.more(String(queue.waiting))}
        </button>
      )}
      <div id="queue-rows" className={styles.rows} role="tabpanel" aria-label={t.queue}>
        {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={18} />}
        {list.isSuccess && queue.rows.length === 0 && (
          <Empty
            icon="head"
            title={queue.filter.q ? t.noHit : t.none}
            about={queue.filter.q ? t.noHitAbout : t.noneAbout}
          />
        )}
        {queue.rows.length > 0 && <Rows queue={queue} shown={shown} onOpen={onOpen} />}
      </div>
      <p className={styles.foot}>
        <Kbd keys="J" /> <Kbd keys="K" /> {t.move} <Kbd keys="Space" /> {t.peek} <Kbd keys="Enter" /> {t.openKey}{' '}
        <Kbd keys="Shift+/" /> {t.keys}
      </p>
    </section>
  );
}

function Rows({ queue, shown, onOpen }: Props) {
  const t = useText(text);
  const prefetch = usePrefetch();
  const { rows, list } = queue;
  const box = useRows({
    rows,
    rowKey: (row) => row.id,
    rowHeight: 32,
    keys: 'page',
    current: shown,
    onOpen: (row) => onOpen(row, false),
    onPeek: (row) => onOpen(row, true),
    onActive: (row) => void prefetch('tickets.get', { id: row.id }),
    onMore: list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined,
  });
  return (
    <div {...box.boxProps} role="listbox" aria-label={t.queue} className={styles.listbox}>
      <div style={{ height: box.virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {box.drawn.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <QueueRow
              key={row.id}
              id={`${box.id}-${item.index}`}
              row={row}
              top={item.start}
              shown={row.id === shown}
              active={row.id === box.activeKey}
              onOpen={() => onOpen(row, false)}
            />
          );
        })}
      </div>
    </div>
  );
}

function QueueHead({ queue }: { queue: Queue }) {
  const t = useText(text);
  const { view, filter, setFilter } = queue;
  const name = (one: (typeof VIEWS)[number]) => (one === 'solved' ? t.solvedView : t[one]);
  return (
    <>
      <div className={styles.head}>
        <h2 className="f15">{name(view)}</h2>
        <span className="grow" />
        <SelectField
          bare
          small
          label={t.sort}
          value={filter.sort ?? ''}
          onChange={(event) => setFilter({ sort: event.target.value })}
        >
          <option value="">{view === 'waiting' ? t.sortWaiting : t.sortUpdated}</option>
          <option value={view === 'waiting' ? 'updated' : 'waiting'}>
            {view === 'waiting' ? t.sortUpdated : t.sortWaiting}
          </option>
        </SelectField>
      </div>
      <div className={styles.views}>
        <Tabs
          label={t.view}
          value={view}
          items={VIEWS.map((value) => ({ value, name: name(value) }))}
          onChange={(next) => setFilter({ view: next, sort: undefined })}
          controls="queue-rows"
        />
      </div>
      <div className={styles.filters}>
        <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => setFilter({ q })} />
        <SelectField
          bare
          small
          label={t.channel}
          value={filter.channel ?? ''}
          onChange={(event) => setFilter({ channel: event.target.value })}
        >
          <option value="">{t.channel}</option>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {t[channel]}
            </option>
          ))}
        </SelectField>
        <MallFilter label={t.mall} all={t.mall} value={filter.mall} onChange={(mall) => setFilter({ mall })} />
      </div>
    </>
  );
}
