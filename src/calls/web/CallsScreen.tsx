import { useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { setSubject } from '#platform/subject.ts';
import { type InputOf, type ItemOf, useInfinite } from '#platform/web.ts';
import { duration, moment } from '#ui/format.ts';
import { type Column, Empty, ErrorNote, Filters, Page, SearchField, SelectField, Skeleton, Table } from '#ui/index.tsx';
import { text } from './text.ts';

type Row = ItemOf<'calls.list'>;
const LINES = ['order', 'general'] as const;
const OUTCOMES = ['ringing', 'answered', 'abandoned', 'transferred', 'no_answer'] as const;

/** Calls in and out; a row opens its ticket. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['q', 'mall', 'line', 'outcome', 'customer']);
  const q = filter.q && filter.q.replace(/\D/g, '').length >= 4 ? filter.q : undefined;
  const input = { ...filter, q } as InputOf<'calls.list'>;
  const list = useInfinite('calls.list', input, { keep: true });
  const columns = useColumns();
  const navigate = useNavigate();
  return (
    <Page title={t.calls} about={t.about}>
      <Filters label={t.calls}>
        <SearchField label={t.search} value={filter.q ?? ''} onChange={(next) => setFilter({ q: next })} />
        <SelectField
          bare
          small
          label={t.line}
          value={filter.line ?? ''}
          onChange={(event) => setFilter({ line: event.target.value })}
        >
          <option value="">{t.allLines}</option>
          {LINES.map((line) => (
            <option key={line} value={line}>
              {t[line]}
            </option>
          ))}
        </SelectField>
        <SelectField
          bare
          small
          label={t.outcome}
          value={filter.outcome ?? ''}
          onChange={(event) => setFilter({ outcome: event.target.value })}
        >
          <option value="">{t.allOutcomes}</option>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t[outcome]}
            </option>
          ))}
        </SelectField>
        <MallFilter label={t.mall} all={t.allMalls} value={filter.mall} onChange={(mall) => setFilter({ mall })} />
      </Filters>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && <Empty icon="phone" title={t.none} about={t.noneAbout} />}
      {list.items.length > 0 && (
        <Table
          id="calls"
          label={t.calls}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          onActive={(row) => row.customer && setSubject({ customer: row.customer.id })}
          onOpen={(row) => row.ticket && void navigate({ to: `/tickets/${row.ticket}` })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </Page>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const at = (row: Row) => moment(new Date(row.offeredAt), language);
  const who = (row: Row) => row.customer?.name ?? t.unknown;
  const missed = (row: Row) => row.outcome === 'abandoned' || row.outcome === 'no_answer';
  const wait = (row: Row) => duration(row.waitMs / 1000);
  const talk = (row: Row) => (row.talkMs > 0 ? duration(row.talkMs / 1000) : '–');
  return [
    { id: 'at', title: t.at, width: 128, cell: (row) => <span className="t2">{at(row)}</span>, text: at },
    {
      id: 'mall',
      title: t.mall,
      width: 56,
      cell: (row) => <MallTagOf mall={row.mall} />,
      text: (row) => mallName(row.mall),
    },
    {
      id: 'direction',
      title: t.direction,
      width: 64,
      cell: (row) => t[row.direction],
      text: (row) => t[row.direction],
    },
    { id: 'line', title: t.line, width: 64, cell: (row) => t[row.line], text: (row) => t[row.line] },
    {
      id: 'who',
      title: t.customer,
      width: 120,
      cell: (row) => <b className="med">{who(row)}</b>,
      text: who,
    },
    { id: 'phone', title: t.phone, width: 150, cell: (row) => row.phone, text: (row) => row.phone },
    {
      id: 'outcome',
      title: t.outcome,
      width: 90,
      cell: (row) => <span className={missed(row) ? 'warn med' : 't2'}>{t[row.outcome]}</span>,
      text: (row) => t[row.outcome],
    },
    {
      id: 'agent',
      title: t.agent,
      width: 100,
      cell: (row) => row.agentName ?? '–',
      text: (row) => row.agentName ?? '',
    },
    { id: 'wait', title: t.wait, width: 84, end: true, cell: wait, text: wait },
    { id: 'talk', title: t.talk, width: 84, end: true, cell: talk, text: talk },
  ];
}
