import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { setSubject } from '#platform/subject.ts';
import { type InputOf, type ItemOf, useInfinite, usePrefetch } from '#platform/web.ts';
import { moment, money } from '#ui/format.ts';
import {
  Button,
  type Column,
  Empty,
  ErrorNote,
  Filters,
  Page,
  SearchField,
  SelectField,
  Skeleton,
  Table,
  Won,
} from '#ui/index.tsx';
import { StageWord } from './StageWord.tsx';
import { text } from './text.ts';

type Row = ItemOf<'orders.list'>;
type Filter = { q?: string; mall?: string; stage?: string; customer?: string };
const STAGES = ['UNPAID', 'PAID', 'PREPARING', 'SHIPPED', 'DELIVERED', 'CONFIRMED', 'CANCELLED'] as const;

/** A list of orders; a row opens the order or its delivery. */
export function OrderList({ page, kind }: { page: string; kind: 'orders' | 'deliveries' }) {
  const t = useText(text);
  const [given, setFilter] = useFilter(['q', 'mall', 'stage', 'customer']);
  const filter: Filter =
    kind === 'deliveries' && !given.stage && !given.q && !given.customer ? { ...given, stage: 'SHIPPED' } : given;
  const list = useOrders(filter);
  const columns = useColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const look = (row: Row) => {
    setSubject({ order: row.id, ...(row.customer.id ? { customer: row.customer.id } : {}) });
    void prefetch('orders.get', { id: row.id });
  };
  const about = kind === 'orders' ? t.about : t.deliveriesAbout;
  return (
    <Page title={t[kind]} about={about}>
      <OrderFilters kind={kind} filter={filter} onChange={setFilter} />
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty icon="box" title={filter.q ? t.noHit : t.none} about={filter.q ? t.noHitAbout : t.noneAbout} />
      )}
      {list.items.length > 0 && (
        <Table
          id={kind}
          label={t[kind]}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          onActive={look}
          onOpen={(row) => void navigate({ to: `${page}/${row.id}` })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </Page>
  );
}

type FilterProps = { kind: 'orders' | 'deliveries'; filter: Filter; onChange: (change: Filter) => void };

function OrderFilters({ kind, filter, onChange }: FilterProps) {
  const t = useText(text);
  return (
    <Filters label={t[kind]}>
      <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => onChange({ q })} />
      <SelectField
        bare
        small
        label={t.stage}
        value={filter.stage ?? ''}
        onChange={(event) => onChange({ stage: event.target.value })}
      >
        {kind === 'orders' && <option value="">{t.allStages}</option>}
        {(kind === 'orders' ? STAGES : STAGES.slice(1, 5)).map((stage) => (
          <option key={stage} value={stage}>
            {t[stage]}
          </option>
        ))}
      </SelectField>
      <MallFilter label={t.mall} all={t.allMalls} value={filter.mall} onChange={(mall) => onChange({ mall })} />
      {filter.customer && (
        <Button small icon="x" onClick={() => onChange({ customer: undefined })}>
          {t.filterCustomer}
        </Button>
      )}
    </Filters>
  );
}

function useOrders(filter: Filter) {
  const q = useDeferredValue(filter.q);
  const { mall, stage, customer } = filter;
  const narrowed = { mall, stage, customer } as InputOf<'orders.list'>;
  const found = useInfinite('orders.search', { ...narrowed, q: q ?? '' }, { enabled: Boolean(q), keep: true });
  const all = useInfinite('orders.list', narrowed, { enabled: !q, keep: true });
  return q ? found : all;
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const at = (row: Row) => moment(new Date(row.orderedAt), language);
  return [
    {
      id: 'mall',
      title: t.mall,
      width: 56,
      cell: (row) => <MallTagOf mall={row.mall} />,
      text: (row) => mallName(row.mall),
    },
    {
      id: 'no',
      title: t.orderNo,
      width: 172,
      cell: (row) => <b className="med">{row.mallOrderNo}</b>,
      text: (row) => row.mallOrderNo,
    },
    { id: 'at', title: t.orderedAt, width: 128, cell: (row) => <span className="t2">{at(row)}</span>, text: at },
    { id: 'who', title: t.orderer, width: 84, cell: (row) => row.customer.name, text: (row) => row.customer.name },
    {
      id: 'to',
      title: t.receiver,
      width: 84,
      cell: (row) => <span className="t2">{row.receiverName}</span>,
      text: (row) => row.receiverName,
    },
    {
      id: 'what',
      title: t.items,
      width: 240,
      grow: true,
      cell: (row) => <span className="el">{row.summary}</span>,
      text: (row) => row.summary,
    },
    {
      id: 'stage',
      title: t.stage,
      width: 104,
      cell: (row) => <StageWord stage={row.stage} />,
      text: (row) => t[row.stage],
    },
    {
      id: 'total',
      title: t.total,
      width: 112,
      end: true,
      cell: (row) => (row.total === null ? '–' : <Won krw={row.total} />),
      text: (row) => (row.total === null ? '' : money(row.total)),
    },
  ];
}
