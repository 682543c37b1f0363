import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan, useMe } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';
import { text } from './text.ts';
import { type Status, type Ticket, useStatusName } from './ticket-words.ts';

/** Which question stands open over the ticket. */
export type Asking = 'assign' | 'status' | 'tags' | null;
type Person = { id: string; name: string };

const failed = (error: Error) => tell(error.message, { tone: 'danger' });

/** What can be done with a ticket at once: each act can be taken back for 8 seconds. */
export function useTicketActions(ticket: Ticket, onAsk: (asking: Asking) => void) {
  const t = useText(text);
  const me = useMe();
  const can = useCan();
  const statusName = useStatusName();
  const setStatus = useCommand('tickets.setStatus');
  const assign = useCommand('tickets.assign');
  const tag = useCommand('tickets.tag');
  const { id, version } = ticket;
  const undone = { onSuccess: () => tell(t.undone), onError: failed };

  const actions = {
    status(status: Status) {
      const before = ticket.status;
      const undo = () => setStatus.mutate({ id, status: before }, undone);
      const onSuccess = () => tell(t.statusSet(statusName(status)), { undo });
      if (status !== before) setStatus.mutate({ id, version, status }, { onSuccess, onError: failed });
    },
    assign(person: Person | null) {
      const before = ticket.assignee;
      const undo = () => assign.mutate({ id, assignee: before }, undone);
      const onSuccess = () => tell(person ? t.assigned(person.name) : t.unassignedNow, { undo });
      assign.mutate({ id, version, assignee: person?.id ?? null }, { onSuccess, onError: failed });
    },
    tags(change: { add?: string[]; remove?: string[] }) {
      const back = { ...(change.add ? { remove: change.add } : {}), ...(change.remove ? { add: change.remove } : {}) };
      const undo = () => tag.mutate({ id, ...back }, undone);
      tag.mutate({ id, ...change }, { onSuccess: () => tell(t.tagsSet, { undo }), onError: failed });
    },
    toMe: () => actions.assign({ id: me.id, name: me.name }),
    resolve: () => actions.status(ticket.status === 'solved' ? 'open' : 'solved'),
  };

  useHotkeys(
    [
      { keys: 'A', title: { ko: '배정', en: 'Assign' }, layer: 'page', run: () => onAsk('assign') },
      { keys: 'G', title: { ko: '나에게 배정', en: 'Assign to me' }, layer: 'page', run: actions.toMe },
      { keys: 'S', title: { ko: '상태', en: 'Status' }, layer: 'page', run: () => onAsk('status') },
      { keys: 'T', title: { ko: '태그', en: 'Tags' }, layer: 'page', run: () => onAsk('tags') },
      { keys: 'Alt+R', title: { ko: '상담완료', en: 'Resolve' }, layer: 'page', run: actions.resolve },
    ],
    can('tickets.setStatus'),
  );
  return actions;
}
export type TicketActions = ReturnType<typeof useTicketActions>;
