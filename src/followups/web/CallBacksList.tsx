import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { MallFilter, MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { type ItemOf, useCommand } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ChoiceFilter, type Column, tell, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { CallDialog } from './CallDialog.tsx';
import styles from './Followups.module.css';
import { ReasonDialog } from './ReasonDialog.tsx';
import { text } from './text.ts';

type Row = ItemOf<'followups.listCallBacks'>;
type Asking = { row: Row; what: 'call' | 'giveUp' } | null;
const VIEWS = ['open', 'mine', 'ended'] as const;
const failed = (error: Error) => tell(error.message, { tone: 'danger' });

/** Whom to call by when: C takes the active one and opens the call. */
export function CallBacksList({ above }: { above: ReactNode }) {
  const t = useText(text);
  const can = useCan();
  const navigate = useNavigate();
  const [active, setActive] = useState<Row | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const claim = useCommand('followups.claimCallBack');
  const release = useCommand('followups.releaseCallBack');
  const giveUp = useCommand('followups.giveUpCallBack');
  const list = useList({
    id: 'callBacks',
    filters: ['view', 'mall'],
    keeps: ['mall'],
    ask: ({ view, mall }) => ({
      operation: 'followups.listCallBacks' as const,
      input: { view: VIEWS.find((one) => one === view) ?? 'open', mall },
    }),
  });
  const call = (row: Row) =>
    claim.mutate({ id: row.id }, { onSuccess: () => setAsking({ row, what: 'call' }), onError: failed });
  const act = {
    call,
    release: (row: Row) => release.mutate({ id: row.id }, { onError: failed }),
    giveUp: (row: Row) => setAsking({ row, what: 'giveUp' }),
  };
  const columns = useColumns(act);
  const names = { open: t.toCall, mine: t.claimed, ended: t.ended };
  const close = () => setAsking(null);
  useHotkeys([
    {
      keys: 'C',
      title: { ko: '내가 걸기', en: 'I will call' },
      layer: 'page',
      run: () => active && call(active),
      when: () => active?.state === 'open' && can('followups.claimCallBack'),
    },
  ]);
  return (
    <ListPage
      list={list}
      title={t.todo}
      above={above}
      tab={t.callBacks}
      empty={{ icon: 'phone', title: t.noCallBacks, about: t.nothingAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <ChoiceFilter
            list={list}
            name="view"
            label={t.view}
            options={VIEWS.map((view) => [view === 'open' ? '' : view, names[view]])}
          />
          <MallFilter list={list} label={t.mall} all={t.allMalls} />
        </>
      }
      columns={columns}
      onActive={setActive}
      onOpen={(row) => void (row.ticket && navigate({ to: `/tickets/${row.ticket.id}` }))}
    >
      {asking?.what === 'call' && (
        <CallDialog callBack={asking.row.id} who={asking.row.customer.name} about={asking.row.about} onClose={close} />
      )}
      {asking?.what === 'giveUp' && (
        <ReasonDialog
          title={`${t.callBack} ${t.giveUp}`}
          act={t.giveUp}
          busy={giveUp.isPending}
          error={giveUp.error}
          onSave={(reason) =>
            giveUp.mutate(
              { id: asking.row.id, reason },
              {
                onSuccess: () => {
                  tell(t.givenUp);
                  close();
                },
              },
            )
          }
          onClose={close}
        />
      )}
    </ListPage>
  );
}

type Act = Record<'call' | 'release' | 'giveUp', (row: Row) => void>;

function Buttons({ row, act }: { row: Row; act: Act }) {
  const t = useText(text);
  const can = useCan();
  const me = useMe();
  if (row.state !== 'open') return <Chip>{t[`state_${row.state}`]}</Chip>;
  if (row.claimedBy && row.claimedBy.id !== me.id) return <span className="t2">{t.claimedBy(row.claimedBy.name)}</span>;
  if (!can('followups.claimCallBack')) return null;
  const press = (what: keyof Act) => (event: { stopPropagation: () => void }) => {
    event.stopPropagation();
    act[what](row);
  };
  return (
    <span className={styles.cellActions}>
      <Button small look={row.overdue ? 'primary' : 'plain'} onClick={press('call')}>
        {row.claimedBy ? t.result : t.claim}
      </Button>
      {row.claimedBy && (
        <Button small look="quiet" onClick={press('release')}>
          {t.release}
        </Button>
      )}
      {row.enough && (
        <Button small look="quiet" onClick={press('giveUp')}>
          {t.giveUp}
        </Button>
      )}
    </span>
  );
}

function useColumns(act: Act): readonly Column<Row>[] {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const when = (row: Row) => moment(new Date(row.dueAt), language);
  const missed = (row: Row) => (row.missed > 0 ? t.missed(String(row.missed)) : '');
  const wanted = (row: Row) =>
    [row.wantedFrom, row.wantedUntil].map((at) => (at ? moment(new Date(at), language) : '')).join(' – ');
  return [
    {
      id: 'when',
      title: t.next,
      width: 130,
      cell: (row) => <b className={row.overdue ? 'danger' : ''}>{when(row)}</b>,
      text: when,
    },
    {
      id: 'missed',
      title: t.state,
      width: 80,
      cell: (row) => missed(row) && <Chip tone={row.enough ? 'warn' : 'mute'}>{missed(row)}</Chip>,
      text: missed,
    },
    {
      id: 'act',
      title: t.claim,
      width: 190,
      cell: (row) => <Buttons row={row} act={act} />,
      text: (row) => row.claimedBy?.name ?? '',
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
      cell: (row) => <b className="med">{row.customer.name}</b>,
      text: (row) => row.customer.name,
    },
    { id: 'phone', title: t.phone, width: 130, cell: (row) => row.phone, text: (row) => row.phone },
    {
      id: 'about',
      title: t.about,
      width: 220,
      grow: true,
      cell: (row) => row.reason ?? row.about,
      text: (row) => row.about,
    },
    {
      id: 'wanted',
      title: t.wanted,
      width: 230,
      cell: (row) => (row.wantedFrom || row.wantedUntil ? wanted(row) : ''),
      text: wanted,
    },
  ];
}
