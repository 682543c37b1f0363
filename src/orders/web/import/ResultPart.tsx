import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type ItemOf, type OutputOf, useCommand, useInfinite } from '#platform/web.ts';
import { count, moment } from '#ui/format.ts';
import {
  Button,
  type Column,
  Empty,
  ErrorLine,
  ErrorNote,
  Part,
  Skeleton,
  Table,
  Tabs,
  tell,
  Why,
} from '#ui/index.tsx';
import styles from './Import.module.css';
import { fetchFailures } from './send-file.ts';
import { text } from './text.ts';

type Import = OutputOf<'orders.getImport'>;
type Row = ItemOf<'orders.listImportRows'>;
type Change = Row['changes'][number];
const OUTCOMES = ['rejected', 'new', 'changed', 'unchanged'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** What the file would change, order by order, each refused row with its reason; and the button that does it. */
export function ResultPart({ it, onStarted }: { it: Import; onStarted: () => void }) {
  const t = useText(text);
  const start = useCommand('orders.startImport');
  const { counts } = it;
  const [outcome, setOutcome] = useState<Outcome>(counts.rejectedRows > 0 ? 'rejected' : 'new');
  const list = useInfinite('orders.listImportRows', { import: it.id, outcome, limit: 100 });
  const columns = useColumns();
  const countOf = (of: Outcome) => count(of === 'rejected' ? counts.rejectedRows : counts[of]);
  const onError = (error: Error) => tell(error.message, { tone: 'danger' });
  return (
    <Part title={t.result}>
      {it.state === 'done' && <Why icon="check">{t.done(count(counts.created), count(counts.updated))}</Why>}
      {counts.unknownProducts > 0 && <Why>{t.unknownProducts(count(counts.unknownProducts))}</Why>}
      <Tabs
        label={t.result}
        value={outcome}
        items={OUTCOMES.map((value) => ({ value, name: t[value], count: countOf(value) }))}
        onChange={setOutcome}
        controls="import-rows"
      />
      <div id="import-rows" role="tabpanel" aria-label={t[outcome]} className={styles.table}>
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
        {list.isPending && <Skeleton rows={6} />}
        {list.isSuccess && list.items.length === 0 && <Empty title={t.nothing} />}
        {list.items.length > 0 && (
          <Table
            id="import"
            label={t[outcome]}
            rows={list.items}
            rowKey={(row) => `${row.rows.join()}`}
            columns={columns}
            keys="page"
            onOpen={(row) => void navigator.clipboard.writeText(row.mallOrderNo ?? '')}
            onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
          />
        )}
      </div>
      <ErrorLine error={start.error} />
      <div className={styles.foot}>
        {it.state === 'checked' && counts.new + counts.changed > 0 && (
          <Button
            look="primary"
            busy={start.isPending}
            onClick={() => start.mutate({ import: it.id }, { onSuccess: onStarted })}
          >
            {t.start(count(counts.new + counts.changed))}
          </Button>
        )}
        {counts.failedParts > 0 && (
          <Button icon="excel" onClick={() => void fetchFailures(it.id).catch(onError)}>
            {t.download}
          </Button>
        )}
      </div>
    </Part>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const value = (text: string | null) =>
    text && /^\d{4}-\d\d-\d\dT/.test(text) ? moment(new Date(text), 'ko') : (text ?? '–');
  const changeText = ({ field, before, after }: Change) =>
    `${t[field as 'paidAt'] ?? field} ${value(before)} → ${value(after)}`;
  const what = (row: Row) =>
    [row.reason?.text, ...row.changes.map(changeText), ...row.unknownSkus.map((sku) => t.newProduct(sku))]
      .filter(Boolean)
      .join(' · ');
  const rows = ({ rows }: Row) => (rows.length > 3 ? `${rows[0]} … ${rows.at(-1)}` : rows.join(', '));
  return [
    { id: 'row', title: t.row, width: 90, end: true, cell: rows, text: rows },
    { id: 'order', title: t.orderNo, width: 190, cell: (row) => row.mallOrderNo, text: (row) => row.mallOrderNo ?? '' },
    {
      id: 'what',
      title: t.what,
      width: 460,
      grow: true,
      cell: (row) => <span title={what(row)}>{what(row)}</span>,
      text: what,
    },
  ];
}
