import { useNavigate, useParams } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { useInfinite, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, Empty, ErrorNote, Page, Skeleton, Tabs, useRows } from '#ui/index.tsx';
import styles from './Transfers.module.css';
import { TransferView } from './TransferView.tsx';
import { text } from './text.ts';
import { type Row, useTransferWords } from './transfer-words.ts';

const ALL = ['todo', 'sent', 'overdue', 'live', 'third', 'all'] as const;
type View = (typeof ALL)[number];

/** What came to me or my team by its due time, what I sent, what is late, and cases that go in circles. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const { transferId } = useParams({ strict: false });
  const [filter, setFilter] = useFilter(['view']);
  const views = ALL.filter(
    (view) => (view !== 'sent' || can('transfers.send')) && (view !== 'third' || can('transfers.acknowledge')),
  );
  const view = views.find((one) => one === filter.view) ?? 'todo';
  const list = useInfinite('transfers.list', { view, limit: 50 }, { keep: true });
  const count = useOperation('transfers.count', {});
  const navigate = useNavigate();
  const open = (row: Row) =>
    void navigate({ to: `/transfers/${row.id}`, search: ((before: object) => before) as never });
  const counts: Partial<Record<View, number | undefined>> = {
    todo: count.data?.todo,
    sent: count.data?.sent,
    overdue: count.data?.overdue,
    third: count.data?.third,
  };
  return (
    <Page title={t.title}>
      <div className={styles.split}>
        <div className={styles.list}>
          <div className={styles.tabs}>
            <Tabs
              label={t.view}
              value={view}
              items={views.map((value) => ({ value, name: t[value], count: counts[value] }))}
              onChange={(next) => setFilter({ view: next })}
              controls="transfer-rows"
            />
          </div>
          <div id="transfer-rows" role="tabpanel" aria-label={t[view]} className={styles.list} style={{ flex: 1 }}>
            {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
            {list.isPending && <Skeleton rows={12} height={52} />}
            {list.isSuccess && list.items.length === 0 && <Empty icon="forward" title={t.none} about={t.noneAbout} />}
            {list.items.length > 0 && (
              <Rows
                rows={list.items}
                shown={transferId}
                onOpen={open}
                onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
              />
            )}
          </div>
        </div>
        {transferId ? (
          <TransferView key={transferId} id={transferId} />
        ) : (
          <Empty icon="forward" title={t.choose} about={t.chooseAbout} />
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
  const { kindName } = useTransferWords();
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
                <b className="med nw">{kindName(row.kind)}</b>
                <span className="t2 el grow">{row.to.name}</span>
                {row.nth > 1 && <Chip tone={row.nth >= 3 ? 'danger' : 'mute'}>{t.nth(String(row.nth))}</Chip>}
                {row.overdue && (
                  <Chip tone="danger" icon="warn">
                    {t.late}
                  </Chip>
                )}
              </p>
              <p className={`${styles.line} f12 t3`}>
                <span className="el grow">{row.question}</span>
                <span className={`nw ${row.overdue ? 'danger' : ''}`}>
                  {row.endedAt ? t[`state_${row.state}`] : moment(new Date(row.dueAt), language)}
                </span>
              </p>
            </div>
          );
        })}
      </div>
    </div>
  );
}
