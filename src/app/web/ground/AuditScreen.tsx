import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type InputOf, type ItemOf, useInfinite } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import {
  Button,
  type Column,
  Empty,
  ErrorNote,
  Field,
  Filters,
  Icon,
  Page,
  SearchField,
  SelectField,
  Skeleton,
  Table,
} from '#ui/index.tsx';
import { AuditEntryDialog } from './AuditEntryDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { text } from './text.ts';
import { VerifyPart } from './VerifyPart.tsx';

type Row = ItemOf<'audit.list'>;
export type AuditFilter = { q?: string; outcome?: string; from?: string; to?: string };

/** Who changed what: searched, checked for tampering, exported. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const [filter, setFilter] = useFilter(['q', 'outcome', 'from', 'to', 'entry']);
  const { entry, ...narrowed } = filter;
  const [exporting, setExporting] = useState(false);
  const list = useInfinite('audit.list', narrowed as InputOf<'audit.list'>, { keep: true });
  const columns = useColumns();
  const actions = can('audit.export') && (
    <Button icon="excel" onClick={() => setExporting(true)}>
      {t.export}
    </Button>
  );
  return (
    <Page title={t.audit} about={t.auditAbout} actions={actions}>
      <VerifyPart />
      <AuditFilters filter={narrowed} onChange={setFilter} />
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty icon="log" title={narrowed.q ? t.noHit : t.none} about={narrowed.q ? undefined : t.noneAbout} />
      )}
      {list.items.length > 0 && (
        <Table
          id="audit"
          label={t.audit}
          keys="page"
          rows={list.items}
          rowKey={(row) => row.id}
          columns={columns}
          current={entry}
          onOpen={(row) => setFilter({ entry: row.id })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
      {entry && <AuditEntryDialog id={entry} onClose={() => setFilter({ entry: undefined })} />}
      {exporting && <ExportDialog filter={narrowed} onClose={() => setExporting(false)} />}
    </Page>
  );
}

function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (change: AuditFilter) => void }) {
  const t = useText(text);
  return (
    <Filters label={t.audit}>
      <SearchField label={t.search} value={filter.q ?? ''} onChange={(q) => onChange({ q })} />
      <Field
        bare
        type="date"
        label={t.since}
        value={filter.from ?? ''}
        onChange={(event) => onChange({ from: event.target.value })}
      />
      <Field
        bare
        type="date"
        label={t.until}
        value={filter.to ?? ''}
        onChange={(event) => onChange({ to: event.target.value })}
      />
      <SelectField
        bare
        small
        label={t.outcome}
        value={filter.outcome ?? ''}
        onChange={(event) => onChange({ outcome: event.target.value })}
      >
        <option value="">{t.allOutcomes}</option>
        <option value="ok">{t.ok}</option>
      </SelectField>
    </Filters>
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const at = (row: Row) => moment(new Date(row.at), language);
  const outcome = (row: Row) => (row.outcome === 'ok' ? t.ok : row.outcome);
  return [
    { id: 'at', title: t.at, width: 128, cell: (row) => <span className="t2">{at(row)}</span>, text: at },
    {
      id: 'who',
      title: t.who,
      width: 130,
      cell: (row) => <b className="med">{row.actor.name}</b>,
      text: (row) => row.actor.name,
    },
    {
      id: 'operation',
      title: t.operation,
      width: 220,
      grow: true,
      cell: (row) => row.operation,
      text: (row) => row.operation,
    },
    {
      id: 'subject',
      title: t.subject,
      width: 280,
      cell: (row) => <span className="t3 f12 el">{row.subjectId}</span>,
      text: (row) => row.subjectId ?? '',
    },
    {
      id: 'outcome',
      title: t.outcome,
      width: 140,
      cell: (row) => <span className={row.outcome === 'ok' ? 't2' : 'warn med'}>{outcome(row)}</span>,
      text: outcome,
    },
    {
      id: 'from',
      title: t.from,
      width: 120,
      cell: (row) => <span className="t2">{row.ip}</span>,
      text: (row) => row.ip ?? '',
    },
    {
      id: 'changes',
      title: t.changes,
      width: 72,
      end: true,
      cell: (row) => row.changes,
      text: (row) => String(row.changes),
    },
    {
      id: 'sealed',
      title: t.sealed,
      width: 60,
      end: true,
      cell: (row) =>
        row.sealed ? <Icon name="check" small className="ok" label={t.sealed} /> : <span className="t3">–</span>,
      text: (row) => (row.sealed ? 'O' : ''),
    },
  ];
}
