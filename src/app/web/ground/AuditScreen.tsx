import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useFilter } from '#platform/search-params.ts';
import type { ItemOf } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, ChoiceFilter, type Column, DayFilter, Icon, SearchFilter, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { AuditEntryDialog } from './AuditEntryDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { text } from './text.ts';
import { VerifyPart } from './VerifyPart.tsx';

type Row = ItemOf<'audit.list'>;
export type AuditFilter = { [N in 'q' | 'outcome' | 'from' | 'to']?: string | undefined };

/** Who changed what: searched, checked for tampering, exported. */
export function Screen() {
  const t = useText(text);
  const can = useCan();
  const list = useList({
    id: 'audit',
    filters: ['q', 'from', 'to', 'outcome'],
    keeps: ['outcome'],
    ask: (input) => ({ operation: 'audit.list' as const, input }),
  });
  const [{ entry }, open] = useFilter(['entry']);
  const [exporting, setExporting] = useState(false);
  const columns = useColumns();
  const { q, from, to, outcome } = list.filter;
  const actions = can('audit.export') && (
    <Button icon="excel" onClick={() => setExporting(true)}>
      {t.export}
    </Button>
  );
  return (
    <ListPage
      list={list}
      title={t.audit}
      about={t.auditAbout}
      actions={actions}
      above={<VerifyPart />}
      empty={{ icon: 'log', title: t.none, about: t.noneAbout, noHit: t.noHit }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          <DayFilter list={list} name="from" label={t.since} />
          <DayFilter list={list} name="to" label={t.until} />
          <ChoiceFilter list={list} name="outcome" label={t.outcome} all={t.allOutcomes} options={[['ok', t.ok]]} />
        </>
      }
      columns={columns}
      current={entry}
      onOpen={(row) => open({ entry: row.id })}
    >
      {entry && <AuditEntryDialog id={entry} onClose={() => open({ entry: undefined })} />}
      {exporting && <ExportDialog filter={{ q, from, to, outcome }} onClose={() => setExporting(false)} />}
    </ListPage>
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
      width: 110,
      cell: (row) => <b className="med">{row.actor.name}</b>,
      text: (row) => row.actor.name,
    },
    {
      id: 'operation',
      title: t.operation,
      width: 190,
      grow: true,
      cell: (row) => row.title ?? row.operation,
      text: (row) => row.title ?? row.operation,
    },
    {
      id: 'subject',
      title: t.subject,
      width: 256,
      cell: (row) => <span className="t3 f12 el">{row.subjectId}</span>,
      text: (row) => row.subjectId ?? '',
    },
    {
      id: 'outcome',
      title: t.outcome,
      width: 90,
      cell: (row) => <span className={row.outcome === 'ok' ? 't2' : 'warn med'}>{outcome(row)}</span>,
      text: outcome,
    },
    {
      id: 'from',
      title: t.from,
      width: 110,
      cell: (row) => <span className="t2">{row.ip}</span>,
      text: (row) => row.ip ?? '',
    },
    {
      id: 'changes',
      title: t.changes,
      width: 60,
      end: true,
      cell: (row) => row.changes,
      text: (row) => String(row.changes),
    },
    {
      id: 'sealed',
      title: t.sealed,
      width: 56,
      end: true,
      cell: (row) =>
        row.sealed ? <Icon name="check" small className="ok" label={t.sealed} /> : <span className="t3">–</span>,
      text: (row) => (row.sealed ? 'O' : ''),
    },
  ];
}
