import { useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { usePeek } from '#platform/peek.ts';
import { setSubject } from '#platform/subject.ts';
import { type ItemOf, usePrefetch } from '#platform/web.ts';
import { shortDay } from '#ui/format.ts';
import { ChoiceFilter, type Column, SearchFilter, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { text } from './text.ts';

type Row = ItemOf<'customers.list'>;
const GRADES = ['basic', 'silver', 'gold', 'vip'] as const;

/** Customers of all malls, searched by whatever the caller can say of themselves. */
export function Screen() {
  const t = useText(text);
  const list = useList({
    id: 'customers',
    filters: ['q', 'grade', 'mall'],
    keeps: ['grade', 'mall'],
    ask: ({ q, grade, mall }) =>
      q
        ? { operation: 'customers.search' as const, input: { q } }
        : { operation: 'customers.list' as const, input: { grade, mall } },
  });
  const columns = useColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const peek = usePeek();
  const look = (row: Row) => {
    setSubject({ customer: row.id });
    void prefetch('customers.get', { id: row.id });
  };
  return (
    <ListPage
      list={list}
      title={t.customers}
      about={t.about}
      empty={{ icon: 'user', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          {!list.filter.q && (
            <>
              <ChoiceFilter
                list={list}
                name="grade"
                label={t.grade}
                all={t.allGrades}
                options={GRADES.map((grade) => [grade, t[grade]])}
              />
              <MallFilter list={list} label={t.mall} all={t.allMalls} />
            </>
          )}
        </>
      }
      columns={columns}
      onActive={look}
      onPeek={(row) => peek('customer', { customer: row.id })}
      onOpen={(row) => void navigate({ to: `/customers/${row.id}` })}
    />
  );
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
