import { useCallback, useRef } from 'react';
import { MallFilter } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useDraftNames } from '#platform/preferences.ts';
import { usePrefetch } from '#platform/web.ts';
import { ChoiceFilter, Icon, Kbd, ListBody, SearchFilter, SelectField, Tabs, useRows } from '#ui/index.tsx';
import { BulkBar } from './BulkBar.tsx';
import styles from './Desk.module.css';
import { QueueRow } from './QueueRow.tsx';
import { SavedViews } from './SavedViews.tsx';
import { toggleRow, useSelection } from './selection.ts';
import { text } from './text.ts';
import { CHANNELS, PRIORITIES, type TicketRow } from './ticket-words.ts';
import { useHearPresence, useOthers } from './usePresence.ts';
import { MORE_VIEWS, type Queue, TAB_VIEWS, type View } from './useQueue.ts';

type Props = { queue: Queue; shown: string | undefined; onOpen: (row: TicketRow, peek: boolean) => void };

/** The queue: who waits, where from, since when. */
export function QueueList({ queue, shown, onOpen }: Props) {
  const t = useText(text);
  const can = useCan();
  return (
    <section className={styles.queue} aria-label={t.queue}>
      <QueueHead queue={queue} />
      {queue.view !== 'unsent' && queue.countOf('unsent') !== 0 && queue.countOf('unsent') !== undefined && (
        <button type="button" className={styles.unsent} onClick={() => queue.setFilter({ view: 'unsent' })}>
          <Icon name="warn" small /> {t.unsentNow(String(queue.countOf('unsent')))}
        </button>
      )}
      {queue.waiting > 0 && (
        <button type="button" className={styles.fresh} onClick={queue.show}>
          {t.more(String(queue.waiting))}
        </button>
      )}
      {can('tickets.bulkChange') && <BulkBar queue={queue} />}
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
        <Kbd keys="J" /> <Kbd keys="K" /> {t.move} <Kbd keys="X" /> {t.select} <Kbd keys="Enter" /> {t.openKey}{' '}
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
  const can = useCan();
  const selection = useSelection();
  const others = useOthers();
  useHearPresence();
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
    selected: selection.ids,
    onSelect: can('tickets.bulkChange') ? toggleRow : undefined,
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
              chosen={selection.ids.has(row.id)}
              here={hereOf(others(row.id)[0])}
              draft={drafts.has(`draft.${row.id}.reply`) || drafts.has(`draft.${row.id}.memo`)}
              onOpen={press}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What a row shows of whoever is at its ticket: `writing 이하은`. */
const hereOf = (other: { state: string; name: string } | undefined) => other && `${other.state} ${other.name}`;

function QueueHead({ queue }: { queue: Queue }) {
  const t = useText(text);
  const { view, filter, setFilter } = queue;
  const name = (one: View) => (one === 'solved' ? t.solvedView : one === 'due' ? t.dueView : t[one]);
  const counted = (one: View) => [name(one), queue.countOf(one)].filter((part) => part !== undefined).join(' ');
  const choose = (next: View) => setFilter({ view: next === 'open' ? undefined : next, sort: undefined });
  return (
    <>
      <div className={styles.head}>
        <h2 className="f15">{name(view)}</h2>
        <span className={styles.narrowView}>
          <ChoiceFilter
            list={queue}
            name="view"
            label={t.view}
            options={[...TAB_VIEWS, ...MORE_VIEWS].map((value) => [value === 'open' ? '' : value, counted(value)])}
          />
        </span>
        <span className="grow" />
        <SavedViews queue={queue} label={t.moreViews} counted={counted} choose={choose} />
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
          items={TAB_VIEWS.map((value) => ({ value, name: name(value), count: queue.countOf(value) }))}
          onChange={choose}
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
        <ChoiceFilter
          list={queue}
          name="priority"
          label={t.priority}
          all={t.priority}
          options={PRIORITIES.map((one) => [one, t[`p_${one}`]])}
        />
      </div>
    </>
  );
}
