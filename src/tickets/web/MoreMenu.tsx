import { useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Icon, tell } from '#ui/index.tsx';
import { Menu, MenuItem, MenuLine } from '#ui/Menu.tsx';
import styles from './Desk.module.css';
import { queueText } from './queue-text.ts';
import { text } from './text.ts';
import type { Ticket, TicketRow } from './ticket-words.ts';
import type { Asking, TicketActions } from './useTicketActions.ts';

export type MoreProps = {
  ticket: TicketRow | Ticket;
  actions: TicketActions;
  onAsk: ((asking: Asking) => void) | undefined;
};

/** What is done with a ticket less often, with its keys beside it; open. */
export function MoreMenu({ ticket, actions, onAsk }: MoreProps) {
  const t = useText(text);
  const q = useText(queueText);
  const me = useMe();
  const watch = useCommand('tickets.watch');
  const around = useOperation('tickets.around', { id: ticket.id }).data;
  const watching = around?.watchers.some(({ id }) => id === me.id) ?? false;
  const ask = (asking: Asking) => () => onAsk?.(asking);
  const setWatching = (on: boolean) => {
    const undo = () => watch.mutate({ id: ticket.id, on: !on });
    watch.mutate({ id: ticket.id, on }, { onSuccess: () => tell(on ? t.watchingNow : t.watchingNoMore, { undo }) });
  };
  return (
    <Menu open label={t.more2} className={styles.moreButton} trigger={<Icon name="more" />}>
      <MenuItem icon="tag" hotkey="T" onSelect={ask('tags')}>
        {t.tags}
      </MenuItem>
      <MenuItem icon="flag" hotkey="P" onSelect={ask('priority')}>
        {t.priority}
      </MenuItem>
      <MenuItem icon="pause" hotkey="Alt+S" onSelect={ask('snooze')}>
        {t.snooze}
      </MenuItem>
      {'snoozedMinutes' in ticket && ticket.snoozedMinutes !== null && (
        <MenuItem icon="refresh" hotkey="Alt+Shift+S" onSelect={actions.snoozeAgain}>
          {t.snoozeOnceMore}
        </MenuItem>
      )}
      <MenuItem icon="clock" hotkey="F" onSelect={ask('followUp')}>
        {t.followUp}
      </MenuItem>
      <MenuLine />
      <MenuItem icon="link" hotkey="L" onSelect={ask('link')}>
        {t.link}
      </MenuItem>
      <MenuItem icon="forward" hotkey="Shift+M" onSelect={ask('merge')}>
        {t.merge}
      </MenuItem>
      <MenuItem icon="out" onSelect={ask('split')}>
        {t.split}
      </MenuItem>
      <MenuItem icon="log" hotkey="H" onSelect={ask('history')}>
        {q.history}
      </MenuItem>
      <MenuItem icon="eye" onSelect={() => setWatching(!watching)}>
        {watching ? t.stopWatching : t.watch}
      </MenuItem>
    </Menu>
  );
}
