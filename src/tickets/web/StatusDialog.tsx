import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { Dialog, Kbd } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import { STATUSES, type Status, type Ticket, useStatusName } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

type Props = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** How far the ticket is: a digit sets it. */
export function StatusDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  const statusName = useStatusName();
  const set = (status: Status) => {
    actions.status(status);
    onClose();
  };
  useHotkeys(
    STATUSES.map((status, index) => ({
      keys: String(index + 1),
      title: { ko: status, en: status },
      layer: 'dialog' as const,
      run: () => set(status),
    })),
  );
  return (
    <Dialog title={t.status} onClose={onClose}>
      <ul className={styles.people}>
        {STATUSES.map((status, index) => (
          <li key={status}>
            <button type="button" aria-pressed={status === ticket.status} onClick={() => set(status)}>
              <span className="grow">{statusName(status)}</span>
              <Kbd keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
