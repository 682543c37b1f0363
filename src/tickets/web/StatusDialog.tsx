import { useText } from '#platform/language.tsx';
import { ChoiceDialog } from './ChoiceDialog.tsx';
import { text } from './text.ts';
import { PRIORITIES, STATUSES, type Ticket, useStatusName } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

type Props = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** How far the ticket is: a digit sets it. */
export function StatusDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  const statusName = useStatusName();
  return (
    <ChoiceDialog
      title={t.status}
      choices={STATUSES.map((value) => ({ value, name: statusName(value) }))}
      chosen={ticket.status}
      onChoose={actions.status}
      onClose={onClose}
    />
  );
}

/** How much it presses: a digit sets it. */
export function PriorityDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  return (
    <ChoiceDialog
      title={t.priority}
      choices={PRIORITIES.map((value) => ({ value, name: t[`p_${value}`] }))}
      chosen={ticket.priority}
      onChoose={actions.priority}
      onClose={onClose}
    />
  );
}
