import { useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { usePeek } from '#platform/peek.ts';
import { setSubject } from '#platform/subject.ts';
import type { ItemOf } from '#platform/web.ts';
import { duration, moment } from '#ui/format.ts';
import { ChoiceFilter, type Column, GivenFilter, SearchFilter, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { text } from './text.ts';

type Row = ItemOf<'calls.list'>;
const LINES = ['order', 'general'] as const;
const OUTCOMES = ['ringing', 'answered', 'abandoned', 'transferred', 'no_answer'] as const;

/** Calls in and out; a row opens its ticket. */
export function Screen() {
  const t = useText(text);
  const list = useList({
    id: 'calls',
    filters: ['q', 'mall', 'line', 'outcome', 'customer'],
    keeps: ['mall', 'line', 'outcome'],
    ask: ({ q, ...narrow }) => {
      const digits = q?.replace(/\D/g, '') ?? '';
      return { operation: 'calls.list' as const, input: { ...narrow, q: digits.length >= 4 ? q : undefined } };
    },
  });
  const columns = useColumns();
  const navigate = useNavigate();
  const peek = usePeek();
  return (
    <ListPage
      list={list}
      title={t.calls}
      about={t.about}
      empty={{ icon: 'phone', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          <ChoiceFilter
            list={list}
            name="line"
            label={t.line}
            all={t.allLines}
            options={LINES.map((line) => [line, t[line]])}
          />
          <ChoiceFilter
            list={list}
            name="outcome"
            label={t.outcome}
            all={t.allOutcomes}
            options={OUTCOMES.map((outcome) => [outcome, t[outcome]])}
          />
          <MallFilter list={list} label={t.mall} all={t.allMalls} />
          <GivenFilter list={list} name="customer" label={t.filterCustomer} />
        </>
      }
      columns={columns}
      onActive={(row) => row.customer && setSubject({ customer: row.customer.id })}
      onPeek={(row) => row.customer && peek('customer', { customer: row.customer.id })}
      onOpen={(row) => row.ticket && void navigate({ to: `/tickets/${row.ticket}` })}
    />
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
    { id: 'at', title: t.at, width: 120, cell: (row) => <span className="t2">{at(row)}</span>, text: at },
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
      width: 100,
      cell: (row) => <b className="med">{who(row)}</b>,
      text: who,
    },
    { id: 'phone', title: t.phone, width: 130, cell: (row) => row.phone, text: (row) => row.phone },
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
      width: 88,
      cell: (row) => row.agentName ?? '–',
      text: (row) => row.agentName ?? '',
    },
    { id: 'wait', title: t.wait, width: 72, end: true, cell: wait, text: wait },
    { id: 'talk', title: t.talk, width: 72, end: true, cell: talk, text: talk },
  ];
}
