import { useCallback, useRef } from 'react';
import { MallFilter } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useDraftNames } from '#platform/preferences.ts';
import { usePrefetch } from '#platform/web.ts';
import { ChoiceFilter, Kbd, ListBody, SearchFilter, SelectField, Tabs, useRows } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { QueueRow } from './QueueRow.tsx';
import { text } from './text.ts';
import { CHANNELS, type TicketRow } from './ticket-words.ts';
import { type Queue, VIEWS } from './useQueue.ts';

type Props = { queue: Queue; shown: string | undefined; onOpen: (row: TicketRow, peek: boolean) => void };

/** The queue: who waits, where from, since when. */
export function QueueList({ queue, shown, onOpen }: Props) {
  const t = useText(text);
  return (
    <section className={styles.queue} aria-label={t.queue}>
      <QueueHead queue={queue} />
      {queue.waiting > 0 && (
        <button type="button" className={styles.fresh} onClick={queue.show}>
          {t.more(String(queue.waiting))}
        </button>
      )}
      <div id="queue-rows" className={styles.rows} role="tabpanel" aria-label={t.queue}>
        <ListBody
          list={queue}
          skeleton={18}
          empty={{ icon: 'head', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
        >
          <Rows queue={queue} shown={shown} onOpen={onOpen} />
        </ListBody>
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
  const { rows } = queue;
  const drafts = useDraftNames();
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const press = useCallback((row: TicketRow) => latest.current(row, false), []);
  const box = useRows({
    rows,
    rowKey: (row) => row.id,
    rowHeight: 32,
    keys: 'page',
    current: shown,
    onOpen: (row) => onOpen(row, false),
    onPeek: (row) => onOpen(row, true),
    onActive: (row) => void prefetch('tickets.get', { id: row.id }),
    onMore: queue.more,
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
              draft={drafts.has(`draft.${row.id}.reply`) || drafts.has(`draft.${row.id}.memo`)}
              onOpen={press}
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
        <span className={styles.narrowView}>
          <ChoiceFilter
            list={queue}
            name="view"
            label={t.view}
            options={VIEWS.map((value) => [
              value === 'open' ? '' : value,
              [name(value), queue.countOf(value)].filter((part) => part !== undefined).join(' '),
            ])}
          />
        </span>
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
          items={VIEWS.map((value) => ({ value, name: name(value), count: queue.countOf(value) }))}
          onChange={(next) => setFilter({ view: next === 'open' ? undefined : next, sort: undefined })}
          controls="queue-rows"
        />
      </div>
      <div className={styles.filters}>
        <SearchFilter list={queue} name="q" label={t.search} />
        <ChoiceFilter
          list={queue}
          name="channel"
          label={t.channel}
          all={t.channel}
          options={CHANNELS.map((channel) => [channel, t[channel]])}
        />
        <MallFilter list={queue} label={t.mall} all={t.mall} />
      </div>
    </>
  );
}
