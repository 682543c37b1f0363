import { Link, useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { usePeek } from '#platform/peek.ts';
import { setSubject } from '#platform/subject.ts';
import { type ItemOf, usePrefetch } from '#platform/web.ts';
import { moment, money } from '#ui/format.ts';
import { ChoiceFilter, type Column, DayFilter, GivenFilter, Icon, SearchFilter, useList, Won } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import styles from './Order.module.css';
import { StageWord } from './StageWord.tsx';
import { text } from './text.ts';

type Row = ItemOf<'orders.list'>;
const STAGES = ['UNPAID', 'PAID', 'PREPARING', 'SHIPPED', 'DELIVERED', 'CONFIRMED', 'CANCELLED'] as const;
/** Where parcels can be: of these the deliveries show one, those on their way unless another is chosen. */
const ON_THE_WAY = STAGES.slice(1, 5);

/** A list of orders; a row opens the order or its delivery. */
export function OrderList({ page, kind }: { page: string; kind: 'orders' | 'deliveries' }) {
  const t = useText(text);
  const list = useList({
    id: kind,
    filters: ['q', 'mall', 'stage', 'customer', 'from', 'to'],
    keeps: ['mall', 'stage'],
    ask: ({ q, mall, stage, customer, from, to }) => {
      const narrow = {
        mall,
        customer,
        from,
        to,
        stage: stage ?? (kind === 'deliveries' && !q && !customer ? 'SHIPPED' : undefined),
      };
      return q
        ? { operation: 'orders.search' as const, input: { ...narrow, q } }
        : { operation: 'orders.list' as const, input: narrow };
    },
  });
  const columns = useColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const peek = usePeek();
  const subject = (row: Row) => ({ order: row.id, ...(row.customer.id ? { customer: row.customer.id } : {}) });
  const look = (row: Row) => {
    setSubject(subject(row));
    void prefetch('orders.get', { id: row.id });
  };
  const stages = kind === 'orders' ? STAGES : ON_THE_WAY;
  const can = useCan();
  const all = kind === 'orders' ? t.allStages : t.SHIPPED;
  return (
    <ListPage
      list={list}
      title={t[kind]}
      about={kind === 'orders' ? t.about : t.deliveriesAbout}
      actions={
        kind === 'orders' &&
        can('orders.beginImport') && (
          <Link to="/orders/import" className={styles.action}>
            <Icon name="excel" small /> {t.importFile}
          </Link>
        )
      }
      empty={{ icon: 'box', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          <ChoiceFilter
            list={list}
            name="stage"
            label={t.stage}
            all={all}
            options={stages.filter((stage) => t[stage] !== all).map((stage) => [stage, t[stage]])}
          />
          <MallFilter list={list} label={t.mall} all={t.allMalls} />
          <DayFilter list={list} name="from" label={t.since} />
          <DayFilter list={list} name="to" label={t.until} />
          <GivenFilter list={list} name="customer" label={t.filterCustomer} />
        </>
      }
      columns={columns}
      onActive={look}
      onPeek={(row) => peek(kind === 'orders' ? 'order' : 'delivery', subject(row))}
      onOpen={(row) => void navigate({ to: `${page}/${row.id}` })}
    />
  );
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
    {
      id: 'who',
      title: t.orderer,
      width: 84,
      cell: (row) => row.customer.name,
      text: (row) => row.customer.name ?? '',
    },
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
