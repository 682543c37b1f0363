import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { tell } from '#ui/index.tsx';
import { ticketResolve } from './parts.tsx';
import { hasSelection } from './selection.ts';
import { text } from './text.ts';
import { type Priority, type Status, type Ticket, useStatusName } from './ticket-words.ts';

/** Which question stands open over the ticket. */
export type Asking =
  | 'assign'
  | 'status'
  | 'tags'
  | 'priority'
  | 'snooze'
  | 'followUp'
  | 'link'
  | 'merge'
  | 'split'
  | 'resolve'
  | 'history'
  | null;
type Person = { id: string; name: string };

const failed = (error: Error) => tell(error.message, { tone: 'danger' });
const MINUTE_MS = 60_000;

/** What can be done with a ticket at once: each act can be taken back for 8 seconds, exactly. */
export function useTicketActions(ticket: Ticket, onAsk: (asking: Asking) => void) {
  const t = useText(text);
  const language = useLanguage();
  const me = useMe();
  const can = useCan();
  const statusName = useStatusName();
  const setStatus = useCommand('tickets.setStatus');
  const assign = useCommand('tickets.assign');
  const tag = useCommand('tickets.tag');
  const setPriority = useCommand('tickets.setPriority');
  const snooze = useCommand('tickets.snooze');
  const setFollowUp = useCommand('tickets.setFollowUp');
  const undo = useCommand('tickets.undo');
  const { id, version } = ticket;
  /** Tells what was done; taking it back takes back the version that it made. */
  const done = (message: string) => ({
    onSuccess: (made: { version: number }) =>
      tell(message, {
        undo: () => undo.mutate({ id, version: made.version }, { onSuccess: () => tell(t.undone), onError: failed }),
      }),
    onError: failed,
  });

  const actions = {
    status(status: Status) {
      if (status !== ticket.status) setStatus.mutate({ id, version, status }, done(t.statusSet(statusName(status))));
    },
    assign(person: Person | null) {
      const takeOver = person?.id === me.id && ticket.assigneeName !== null && ticket.assignee !== me.id;
      const message = takeOver
        ? t.tookOver(ticket.assigneeName ?? '')
        : person
          ? t.assigned(person.name)
          : t.unassignedNow;
      assign.mutate({ id, version, assignee: person?.id ?? null }, done(message));
    },
    tags: (change: { add?: string[]; remove?: string[] }) => tag.mutate({ id, ...change }, done(t.tagsSet)),
    priority(priority: Priority) {
      if (priority !== ticket.priority)
        setPriority.mutate({ id, version, priority }, done(t.prioritySet(t[`p_${priority}`])));
    },
    snooze(until: Date | null) {
      const message = until ? t.snoozedTo(moment(until, language)) : t.woken;
      snooze.mutate({ id, version, until: until?.toISOString() ?? null }, done(message));
    },
    followUp: (on: string | null) =>
      setFollowUp.mutate({ id, version, on }, done(on ? t.followUpSet(on) : t.followUpGone)),
    toMe: () => actions.assign({ id: me.id, name: me.name }),
    /** Later rooms may want to know something first. */
    resolve() {
      if (ticket.status === 'solved') actions.status('open');
      else if (ticketResolve.parts().length > 0) onAsk('resolve');
      else actions.status('solved');
    },
    /** Put off again, for as long as last time; without a last time, asks. */
    snoozeAgain() {
      if (ticket.snoozedMinutes === null) onAsk('snooze');
      else actions.snooze(new Date(Date.now() + ticket.snoozedMinutes * MINUTE_MS));
    },
  };

  /** With rows selected these keys are for those. */
  const single = () => !hasSelection();
  const ask = (asking: Asking) => () => onAsk(asking);
  useHotkeys(
    [
      { keys: 'A', title: { ko: '배정', en: 'Assign' }, layer: 'page', run: ask('assign'), when: single },
      { keys: 'G', title: { ko: '나에게 배정', en: 'Assign to me' }, layer: 'page', run: actions.toMe, when: single },
      { keys: 'S', title: { ko: '상태', en: 'Status' }, layer: 'page', run: ask('status'), when: single },
      { keys: 'T', title: { ko: '태그', en: 'Tags' }, layer: 'page', run: ask('tags'), when: single },
      { keys: 'P', title: { ko: '우선순위', en: 'Priority' }, layer: 'page', run: ask('priority'), when: single },
      { keys: 'F', title: { ko: '다시 볼 날', en: 'Day to look again' }, layer: 'page', run: ask('followUp') },
      { keys: 'L', title: { ko: '상담 연결', en: 'Link a ticket' }, layer: 'page', run: ask('link') },
      { keys: 'H', title: { ko: '변경 이력', en: 'History' }, layer: 'page', run: ask('history') },
      { keys: 'Shift+M', title: { ko: '상담 합치기', en: 'Merge' }, layer: 'page', run: ask('merge') },
      {
        keys: 'Alt+S',
        title: { ko: '미루기', en: 'Put off' },
        layer: 'page',
        typing: true,
        run: ask('snooze'),
        when: single,
      },
      {
        keys: 'Alt+Shift+S',
        title: { ko: '같은 만큼 다시 미루기', en: 'Put off again' },
        layer: 'page',
        typing: true,
        run: actions.snoozeAgain,
      },
      { keys: 'Alt+R', title: { ko: '상담완료', en: 'Resolve' }, layer: 'page', run: actions.resolve },
    ],
    can('tickets.setStatus'),
  );
  return actions;
}
export type TicketActions = ReturnType<typeof useTicketActions>;
