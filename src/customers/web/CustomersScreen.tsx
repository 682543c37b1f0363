import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { setSubject } from '#platform/subject.ts';
import { type InputOf, type ItemOf, useInfinite, usePrefetch } from '#platform/web.ts';
import { shortDay } from '#ui/format.ts';
import { type Column, Empty, ErrorNote, Filters, Page, SearchField, SelectField, Skeleton, Table } from '#ui/index.tsx';
import { text } from './text.ts';

type Row = ItemOf<'customers.list'>;
const GRADES = ['basic', 'silver', 'gold', 'vip'] as const;

/** Customers of all malls, searched by whatever the caller can say of themselves. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['q', 'grade', 'mall']);
  const list = useCustomers(filter);
  const columns = useColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const look = (row: Row) => {
    setSubject({ customer: row.id });
    void prefetch('customers.get', { id: row.id });
  };
  return (
    <Page title={t.customers} about={t.about}>
      <Filters label={t.customers}>
        <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => setFilter({ q })} />
        {!filter.q && (
          <>
            <SelectField
              bare
              small
              label={t.grade}
              value={filter.grade ?? ''}
              onChange={(event) => setFilter({ grade: event.target.value })}
            >
              <option value="">{t.allGrades}</option>
              {GRADES.map((grade) => (
                <option key={grade} value={grade}>
                  {t[grade]}
                </option>
              ))}
            </SelectField>
            <MallFilter label={t.mall} all={t.allMalls} value={filter.mall} onChange={(mall) => setFilter({ mall })} />
          </>
        )}
      </Filters>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty icon="user" title={filter.q ? t.noHit : t.none} about={filter.q ? t.noHitAbout : t.noneAbout} />
      )}
      {list.items.length > 0 && (
        <Table
          id="customers"
          label={t.customers}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          onActive={look}
          onOpen={(row) => void navigate({ to: `/customers/${row.id}` })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </Page>
  );
}

function useCustomers(filter: { q?: string; grade?: string; mall?: string }) {
  const q = useDeferredValue(filter.q);
  const listed = { grade: filter.grade, mall: filter.mall } as InputOf<'customers.list'>;
  const found = useInfinite('customers.search', { q: q ?? '' }, { enabled: Boolean(q), keep: true });
  const all = useInfinite('customers.list', listed, { enabled: !q, keep: true });
  return q ? found : all;
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const mallName = useMallName();
  return [
    {
      id: 'name',
      title: t.name,
      width: 140,
      cell: (row) => <b className="med">{row.name}</b>,
      text: (row) => row.name,
    },
    { id: 'phone', title: t.phone, width: 160, cell: (row) => row.phone, text: (row) => row.phone ?? '' },
    { id: 'email', title: t.email, width: 220, grow: true, cell: (row) => row.email, text: (row) => row.email ?? '' },
    { id: 'grade', title: t.grade, width: 90, cell: (row) => t[row.grade], text: (row) => t[row.grade] },
    {
      id: 'malls',
      title: t.malls,
      width: 220,
      cell: (row) => row.malls.map((mall) => <MallTagOf key={mall} mall={mall} />),
      text: (row) => row.malls.map(mallName).join(', '),
    },
    {
      id: 'since',
      title: t.since,
      width: 90,
      end: true,
      cell: (row) => <span className="t2">{shortDay(new Date(row.createdAt))}</span>,
      text: (row) => row.createdAt.slice(0, 10),
    },
  ];
}
