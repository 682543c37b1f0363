import { useNavigate } from '@tanstack/react-router';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { setSubject } from '#platform/subject.ts';
import { type InputOf, type ItemOf, useInfinite } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import {
  Button,
  Chip,
  type Column,
  Empty,
  ErrorNote,
  Filters,
  Page,
  SelectField,
  Skeleton,
  Table,
} from '#ui/index.tsx';
import { CodeName } from './CodeName.tsx';
import { CodePicker } from './CodePicker.tsx';
import { useCodeName, useCodes } from './codes.ts';
import { text } from './text.ts';

type Row = ItemOf<'voc.listRecords'>;

/** What customers wrote and called about, record by record. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['code', 'mall', 'urgent', 'customer']);
  const codes = useCodes();
  const { code, mall, customer } = filter;
  const input = { code, mall, customer, ...(filter.urgent ? { urgent: true } : {}) } as InputOf<'voc.listRecords'>;
  const list = useInfinite('voc.listRecords', input, { keep: true });
  const columns = useColumns();
  const navigate = useNavigate();
  return (
    <Page title={t.records} about={t.recordsAbout}>
      <Filters label={t.records}>
        <CodePicker
          codes={codes.items}
          byCode={codes.byCode}
          value={code}
          onPick={(next) => setFilter({ code: next })}
          anyLevel
        />
        {code && (
          <Button small icon="x" onClick={() => setFilter({ code: undefined })}>
            {t.clearCode}
          </Button>
        )}
        <SelectField
          bare
          small
          label={t.urgent}
          value={filter.urgent ?? ''}
          onChange={(event) => setFilter({ urgent: event.target.value })}
        >
          <option value="">{t.everything}</option>
          <option value="1">{t.urgentOnly}</option>
        </SelectField>
        <MallFilter label={t.mall} all={t.allMalls} value={mall} onChange={(next) => setFilter({ mall: next })} />
      </Filters>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && <Empty icon="voc" title={t.none} about={t.noneAbout} />}
      {list.items.length > 0 && (
        <Table
          id="voc"
          label={t.records}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          onActive={(row) => row.customer && setSubject({ customer: row.customer, ticket: row.ticket })}
          onOpen={(row) => void navigate({ to: `/tickets/${row.ticket}` })}
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
