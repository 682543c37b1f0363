import { lazy } from 'react';
import { useText } from '#platform/language.tsx';
import { useLiveEvents } from '#platform/live-web.ts';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Icon, MenuButton, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';

const load = () => import('./MyStateMenu.tsx').then(({ MyStateMenu }) => ({ default: MyStateMenu }));
const MyStateMenu = lazy(load);

/** Whether I take contacts now, in the top bar: one press and, for leaving, the reason. */
export function MyState() {
  const can = useCan();
  return can('tickets.setMyState') ? <State /> : null;
}

function State() {
  const t = useText(text);
  const mine = useOperation('tickets.myState', {}, { staleMs: 60_000 }).data;
  const set = useCommand('tickets.setMyState');
  useDeskNotices();
  const ready = mine?.state === 'ready';
  const choose = (state: 'ready' | 'away', reason?: string) =>
    set.mutate(
      { state, ...(reason ? { reason } : {}) },
      { onError: (error) => tell(error.message, { tone: 'danger' }) },
    );
  const shown = ready ? t.ready : (mine?.reason ?? t.away);
  const label = `${t.myState}: ${shown}`;
  const trigger = (
    <>
      <i className={styles.dot} data-ready={ready || undefined} aria-hidden />
      {shown}
      <Icon name="chev" small />
    </>
  );
  return (
    <MenuButton label={label} className={styles.state} trigger={trigger} load={load}>
      <MyStateMenu label={label} ready={ready} trigger={trigger} onChoose={choose} />
    </MenuButton>
  );
}

/** Says what concerns me wherever I am: called upon, taken over, put off until now, not delivered, news of what I watch. */
function useDeskNotices(): void {
  const t = useText(text);
  const me = useMe();
  useLiveEvents(({ event, data }) => {
    const told = data as {
      by?: string;
      byName?: string;
      number?: number;
      writer?: string;
      watchers?: string[];
      assignee?: string;
    };
    const number = String(told.number ?? '');
    if (told.by === me.id) return;
    if (event === 'tickets.mentioned') return tell(t.mentionedBy(told.byName ?? '', number));
    if (event === 'tickets.taken_over') return tell(t.takenOverBy(told.byName ?? '', number));
    if (event === 'tickets.woke' && told.assignee === me.id) return tell(t.isBack(number));
    if (event === 'tickets.send_failed' && told.writer === me.id)
      return tell(t.notDelivered(number), { tone: 'danger' });
    if (!told.watchers?.includes(me.id)) return;
    if (event === 'tickets.received') return tell(t.watchedReceived(number));
    if (event === 'tickets.replied') return tell(t.watchedReplied(number));
    if (event === 'tickets.status_changed') return tell(t.watchedStatus(number));
  });
}
