import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import type { OnComposer, OnTicket } from '#tickets/web/parts.tsx';
import { clock, moment } from '#ui/format.ts';
import { Button, Icon, tell, useNow } from '#ui/index.tsx';
import { CallBackDialog } from './CallBackDialog.tsx';
import { CallDialog } from './CallDialog.tsx';
import styles from './Followups.module.css';
import { PromiseDialog } from './PromiseDialog.tsx';
import { useChannelName } from './promise-words.ts';
import { ReasonDialog } from './ReasonDialog.tsx';
import { text } from './text.ts';

const MINUTE_MS = 60_000;

/** The promise of a ticket in its head: by when, through what. */
export function PromiseFact({ ticket }: OnTicket) {
  const can = useCan();
  const t = useText(text);
  const language = useLanguage();
  const now = useNow();
  const channelName = useChannelName();
  const list = useOperation(
    'followups.listPromises',
    { ticket: ticket.id, state: 'open' },
    { enabled: can('followups.listPromises') },
  );
  const promise = list.data?.items[0];
  if (!promise) return null;
  const late = new Date(promise.dueAt).getTime() < now;
  return (
    <span className={`${styles.fact} ${late ? 'danger' : ''}`} title={promise.note ?? undefined}>
      <Icon name={late ? 'warn' : 'clock'} small />
      {t.promise} <b>{moment(new Date(promise.dueAt), language)}</b> {channelName(promise.channel)}
      {late && ` · ${t.late}`}
    </span>
  );
}

type Asking = 'promise' | 'callBack' | 'called' | 'withdraw' | null;

/** Promise a reply (Alt+B) and file a call-back (Alt+K), in the foot of the composer. */
export function FollowupTools({ ticket }: OnComposer) {
  const can = useCan();
  const may = can('followups.promiseReply') && ticket.status !== 'solved';
  return may ? <Tools ticket={ticket} /> : null;
}

function Tools({ ticket }: OnTicket) {
  const t = useText(text);
  const [asking, setAsking] = useState<Asking>(null);
  const withdraw = useCommand('followups.withdrawPromise');
  const promise = useOperation('followups.listPromises', { ticket: ticket.id, state: 'open' }).data?.items[0];
  const close = () => setAsking(null);
  const withdrawn = () => {
    tell(t.withdrawn);
    close();
  };
  useHotkeys([
    {
      keys: 'Alt+B',
      title: { ko: '회신 약속', en: 'Promise a reply' },
      layer: 'page',
      run: () => setAsking('promise'),
    },
    {
      keys: 'Alt+K',
      title: { ko: '콜백 등록', en: 'File a call-back' },
      layer: 'page',
      run: () => setAsking('callBack'),
    },
  ]);
  return (
    <>
      <Button small look="quiet" icon="clock" hotkey="Alt+B" onClick={() => setAsking('promise')}>
        {promise ? t.change : t.promise}
      </Button>
      {promise && (
        <>
          <Button small look="quiet" icon="phone" onClick={() => setAsking('called')}>
            {t.called}
          </Button>
          <Button small look="quiet" onClick={() => setAsking('withdraw')}>
            {t.withdraw}
          </Button>
        </>
      )}
      <Button small look="quiet" icon="phone" hotkey="Alt+K" onClick={() => setAsking('callBack')}>
        {t.callBack}
      </Button>
      {asking === 'promise' && (
        <PromiseDialog ticket={ticket.id} channel={ticket.channel} promise={promise} onClose={close} />
      )}
      {asking === 'callBack' && <CallBackDialog ticket={ticket.id} onClose={close} />}
      {asking === 'called' && promise && (
        <CallDialog promise={promise.id} who={ticket.customer.name} about={promise.note ?? t.promise} onClose={close} />
      )}
      {asking === 'withdraw' && promise && (
        <ReasonDialog
          title={`${t.promise} ${t.withdraw}`}
          act={t.withdraw}
          busy={withdraw.isPending}
          error={withdraw.error}
          onSave={(reason) => withdraw.mutate({ id: promise.id, reason }, { onSuccess: withdrawn })}
          onClose={close}
        />
      )}
    </>
  );
}

/** Call-backs of the open case, with the key to take one. */
export function CallBackNotice({ ticket }: OnTicket) {
  const can = useCan();
  const me = useMe();
  const t = useText(text);
  const language = useLanguage();
  const claim = useCommand('followups.claimCallBack');
  const [calling, setCalling] = useState<string | null>(null);
  const list = useOperation(
    'followups.listCallBacks',
    { ticket: ticket.id, view: 'open', limit: 5 },
    { enabled: can('followups.listCallBacks') },
  );
  const rows = list.data?.items ?? [];
  const row = rows[0];
  if (!row) return null;
  const mine = row.claimedBy?.id === me.id;
  const call = () =>
    claim.mutate(
      { id: row.id },
      {
        onSuccess: () => setCalling(row.id),
        onError: (error) => tell(error.message, { tone: 'danger' }),
      },
    );
  return (
    <div className={styles.notice}>
      <Icon name="phone" small />
      <b className="med">{t.callBack}</b>
      {row.missed > 0 && <span>{t.missed(String(row.missed))}</span>}
      <span className="el grow">
        {row.phone} · {row.about}
      </span>
      <span className={`nw ${row.overdue ? 'danger' : 't2'}`}>{moment(new Date(row.dueAt), language)}</span>
      {row.claimedBy && !mine ? (
        <span className="t2 nw">{t.claimedBy(row.claimedBy.name)}</span>
      ) : (
        can('followups.claimCallBack') && (
          <Button small busy={claim.isPending} onClick={call}>
            {t.claim}
          </Button>
        )
      )}
      {calling && (
        <CallDialog callBack={calling} who={row.customer.name} about={row.about} onClose={() => setCalling(null)} />
      )}
    </div>
  );
}

/** My to-dos in the left rail, with how many are late; reminds when a promise comes near. */
export function TodoLink() {
  const can = useCan();
  return can('followups.todo') ? <Todo /> : null;
}

function Todo() {
  const t = useText(text);
  const todo = useOperation('followups.todo', {}, { refetchMs: 2 * MINUTE_MS });
  useReminders(todo.data?.items);
  const now = useNow();
  const late = todo.data?.items.filter(({ at }) => new Date(at).getTime() <= now).length ?? 0;
  return (
    <Link to="/todo" className={styles.rail ?? ''}>
      <Icon name="clock" />
      {t.todo}
      {late > 0 && <span className={styles.badge}>{late}</span>}
    </Link>
  );
}

/** Says once that a promise comes near, and once that its time has come. */
function useReminders(items: OutputOf<'followups.todo'>['items'] | undefined): void {
  const t = useText(text);
  const now = useNow();
  const told = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!items) return;
    const near = items
      .filter(({ kind, remindedAt }) => kind === 'promise' && remindedAt !== null)
      .map((item) => ({ item, late: new Date(item.at).getTime() <= now }));
    const key = ({ item, late }: (typeof near)[number]) => `${item.id}.${late}`;
    // What was near when the page was opened stands in the list: only news interrupt.
    const before = told.current;
    told.current = new Set([...(before ?? []), ...near.map(key)]);
    if (!before) return;
    for (const one of near.filter((one) => !before.has(key(one)))) {
      const who = `${one.item.customer.name} ${one.item.ticket?.subject ?? ''}`;
      tell(one.late ? t.reminderLate(who) : t.reminder(who, clock(new Date(one.item.at))), {
        tone: one.late ? 'danger' : 'ok',
      });
    }
  }, [items, now, t]);
}
