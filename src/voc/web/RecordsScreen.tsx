import { useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { usePeek } from '#platform/peek.ts';
import { setSubject } from '#platform/subject.ts';
import type { ItemOf } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, ChoiceFilter, type Column, GivenFilter, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { CodeName } from './CodeName.tsx';
import { CodePicker } from './CodePicker.tsx';
import { useCodeName, useCodes } from './codes.ts';
import { text } from './text.ts';

type Row = ItemOf<'voc.listRecords'>;

/** What customers wrote and called about, record by record. */
export function Screen() {
  const t = useText(text);
  const list = useList({
    id: 'voc',
    filters: ['code', 'mall', 'urgent', 'customer'],
    keeps: ['code', 'mall', 'urgent'],
    ask: ({ urgent, ...narrow }) => ({
      operation: 'voc.listRecords' as const,
      input: { ...narrow, ...(urgent ? { urgent: true } : {}) },
    }),
  });
  const codes = useCodes();
  const columns = useColumns();
  const navigate = useNavigate();
  const peek = usePeek();
  return (
    <ListPage
      list={list}
      title={t.records}
      about={t.recordsAbout}
      empty={{ icon: 'voc', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <CodePicker
            codes={codes.items}
            byCode={codes.byCode}
            value={list.filter.code}
            onPick={(code) => list.setFilter({ code })}
            anyLevel
          />
          <ChoiceFilter list={list} name="urgent" label={t.urgent} all={t.everything} options={[['1', t.urgentOnly]]} />
          <MallFilter list={list} label={t.mall} all={t.allMalls} />
          <GivenFilter list={list} name="customer" label={t.filterCustomer} />
        </>
      }
      columns={columns}
      onActive={(row) => row.customer && setSubject({ customer: row.customer, ticket: row.ticket })}
      onPeek={(row) => row.customer && peek('voc', { customer: row.customer, ticket: row.ticket })}
      onOpen={(row) => void navigate({ to: `/tickets/${row.ticket}` })}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const { byCode } = useCodes();
  const name = useCodeName(byCode);
  const full = (row: Row) => [name(row.code).parent, name(row.code).name].filter(Boolean).join(' › ');
  const at = (row: Row) => moment(new Date(row.recordedAt), language);
  const marks = (row: Row) => [row.urgent ? t.urgent : '', row.repeat ? t.repeat : ''].filter(Boolean).join(', ');
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
      id: 'code',
      title: t.code,
      width: 260,
      grow: true,
      cell: (row) => <CodeName code={row.code} byCode={byCode} />,
      text: full,
    },
    {
      id: 'result',
      title: t.result,
      width: 104,
      cell: (row) => (row.result ? t[row.result] : '–'),
      text: (row) => (row.result ? t[row.result] : ''),
    },
    {
      id: 'marks',
      title: t.marks,
      width: 120,
      cell: (row) => (
        <>
          {row.urgent && (
            <Chip tone="danger" icon="warn">
              {t.urgent}
            </Chip>
          )}
          {row.repeat && <Chip>{t.repeat}</Chip>}
        </>
      ),
      text: marks,
    },
    {
      id: 'department',
      title: t.department,
      width: 110,
      cell: (row) => <span className="t2">{row.department ?? '–'}</span>,
      text: (row) => row.department ?? '',
    },
    {
      id: 'memo',
      title: t.memo,
      width: 200,
      cell: (row) => <span className="t2 el">{row.memo}</span>,
      text: (row) => row.memo ?? '',
    },
    {
      id: 'by',
      title: t.by,
      width: 90,
      cell: (row) => row.recordedBy?.name ?? t.automatic,
      text: (row) => row.recordedBy?.name ?? '',
    },
  ];
}
