import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import type { ItemOf } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, ChoiceFilter, type Column, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { useChannelName } from './promise-words.ts';
import { text } from './text.ts';

type Row = ItemOf<'followups.listPromises'>;
const VIEWS = ['open', 'overdue', 'settled'] as const;
const TONES = { open: 'accent', kept: 'ok', late: 'warn', broken: 'danger', withdrawn: 'mute' } as const;

/** All promises of the caller's scope: those to keep by their time, settled ones newest first. */
export function PromisesList({ above }: { above: ReactNode }) {
  const t = useText(text);
  const navigate = useNavigate();
  const columns = useColumns();
  const list = useList({
    id: 'promises',
    filters: ['view', 'mall'],
    keeps: ['mall'],
    ask: ({ view, mall }) => ({
      operation: 'followups.listPromises' as const,
      input: { view: VIEWS.find((one) => one === view) ?? 'open', mall },
    }),
  });
  return (
    <ListPage
      list={list}
      title={t.todo}
      above={above}
      tab={t.promises}
      empty={{ icon: 'clock', title: t.noPromises, about: t.nothingAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <ChoiceFilter
            list={list}
            name="view"
            label={t.view}
            options={VIEWS.map((view) => [view === 'open' ? '' : view, t[view]])}
          />
          <MallFilter list={list} label={t.mall} all={t.allMalls} />
        </>
      }
      columns={columns}
      onOpen={(row) => void (row.ticket && navigate({ to: `/tickets/${row.ticket.id}` }))}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const channelName = useChannelName();
  const mallName = useMallName();
  const when = (row: Row) => moment(new Date(row.dueAt), language);
  const state = (row: Row) => (row.overdue ? t.late : t[`state_${row.state}`]);
  const owner = (row: Row) => (row.cover ? `${row.cover.name} · ${t.coverFor(row.owner.name)}` : row.owner.name);
  return [
    {
      id: 'when',
      title: t.when,
      width: 140,
      cell: (row) => <b className={row.overdue ? 'danger' : ''}>{when(row)}</b>,
      text: when,
    },
    {
      id: 'state',
      title: t.state,
      width: 90,
      cell: (row) => <Chip tone={row.overdue ? 'danger' : TONES[row.state]}>{state(row)}</Chip>,
      text: state,
    },
    { id: 'owner', title: t.owner, width: 150, cell: owner, text: owner },
    {
      id: 'channel',
      title: t.channel,
      width: 90,
      cell: (row) => channelName(row.channel),
      text: (row) => channelName(row.channel),
    },
    {
      id: 'mall',
      title: t.mall,
      width: 60,
      cell: (row) => <MallTagOf mall={row.mall} />,
      text: (row) => mallName(row.mall),
    },
    {
      id: 'customer',
      title: t.customer,
      width: 90,
      cell: (row) => row.customer.name,
      text: (row) => row.customer.name,
    },
    {
      id: 'subject',
      title: t.subject,
      width: 220,
      grow: true,
      cell: (row) => row.ticket?.subject,
      text: (row) => row.ticket?.subject ?? '',
    },
    {
      id: 'note',
      title: t.note,
      width: 240,
      cell: (row) => (
        <>
          {row.moved > 0 && <Chip>{t.movedTimes(String(row.moved))}</Chip>} {row.reason ?? row.note}
        </>
      ),
      text: (row) => row.reason ?? row.note ?? '',
    },
  ];
}
