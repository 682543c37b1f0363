import { useNavigate, useParams } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { useInfinite, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, Empty, ErrorNote, Page, Skeleton, Tabs, useRows } from '#ui/index.tsx';
import styles from './Requests.module.css';
import { RequestView } from './RequestView.tsx';
import { type Row, useRequestWords } from './request-words.ts';
import { text } from './text.ts';

const ALL = ['todo', 'asked', 'overdue', 'open', 'answered', 'all'] as const;
type View = (typeof ALL)[number];

/** Requests by due time and the one that is open beside them: a partner's first screen, the overdue list of others. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const { requestId } = useParams({ strict: false });
  const [filter, setFilter] = useFilter(['view']);
  const desk = can('tickets.note');
  const views = ALL.filter((view) => (desk ? view !== 'todo' : can('requests.ask') || view !== 'asked'));
  const view = views.find((one) => one === filter.view) ?? (desk ? 'overdue' : 'todo');
  const list = useInfinite('requests.list', { view, limit: 50 }, { keep: true });
  const count = useOperation('requests.count', {});
  const navigate = useNavigate();
  const open = (row: Row) =>
    void navigate({ to: `/requests/${row.id}`, search: ((before: object) => before) as never });
  const counts: Partial<Record<View, number | undefined>> = { todo: count.data?.todo, asked: count.data?.asked };
  return (
    <Page title={can('requests.showRecipient') ? t.mine : t.title}>
      <div className={styles.split}>
        <div className={styles.list}>
          <div className={styles.tabs}>
            <Tabs
              label={t.view}
              value={view}
              items={views.map((value) => ({ value, name: t[value], count: counts[value] }))}
              onChange={(next) => setFilter({ view: next })}
              controls="request-rows"
            />
          </div>
          <div id="request-rows" className={styles.list} style={{ flex: 1 }}>
            {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
            {list.isPending && <Skeleton rows={12} height={52} />}
            {list.isSuccess && list.items.length === 0 && <Empty icon="hand" title={t.none} about={t.noneAbout} />}
            {list.items.length > 0 && (
              <Rows
                rows={list.items}
                shown={requestId}
                onOpen={open}
                onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
              />
            )}
          </div>
        </div>
        {requestId ? (
          <RequestView key={requestId} id={requestId} />
        ) : (
          <Empty icon="hand" title={t.choose} about={t.chooseAbout} />
        )}
      </div>
    </Page>
  );
}

type RowsProps = {
  rows: Row[];
  shown: string | undefined;
  onOpen: (row: Row) => void;
  onMore: (() => void) | undefined;
};

function Rows({ rows, shown, onOpen, onMore }: RowsProps) {
  const t = useText(text);
  const language = useLanguage();
  const say = useRequestWords();
  const box = useRows({ rows, rowKey: (row) => row.id, rowHeight: 52, keys: 'page', current: shown, onOpen, onMore });
  return (
    <div {...box.boxProps} role="listbox" aria-label={t.title} className={styles.rows}>
      <div style={{ height: box.virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {box.drawn.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={row.id}
              id={`${box.id}-${item.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={row.id === shown}
              data-active={row.id === box.activeKey || undefined}
              className={styles.row}
              style={{ top: item.start }}
              onClick={() => onOpen(row)}
            >
              <p className={styles.line}>
                <b className="med">{say.kind(row)}</b>
                <span className="t2 el grow">{row.addressee.name}</span>
                {row.overdue && (
                  <Chip tone="danger" icon="warn">
                    {t.late}
                  </Chip>
                )}
                {!row.overdue && row.unseen && <Chip tone="accent">{t.fresh}</Chip>}
              </p>
              <p className={`${styles.line} f12 t3`}>
                <span className="el grow">{row.answer ? say.answer(row, row.answer) : row.product.name}</span>
                <span className={`nw ${row.overdue ? 'danger' : ''}`}>{moment(new Date(row.dueAt), language)}</span>
              </p>
            </div>
          );
        })}
      </div>
    </div>
  );
}
