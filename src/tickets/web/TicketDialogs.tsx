import { AssignDialog } from './AssignDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { FollowUpDialog, LinkDialog } from './LinkDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import { PriorityDialog, StatusDialog } from './StatusDialog.tsx';
import { TagDialog } from './TagDialog.tsx';
import type { Ticket } from './ticket-words.ts';
import type { Asking, TicketActions } from './useTicketActions.ts';

type Props = { asking: NonNullable<Asking>; ticket: Ticket; actions: TicketActions; onClose: () => void };

/** The question that stands open over the ticket. */
export function TicketDialogs({ asking, ticket, actions, onClose }: Props) {
  return (
    <>
      {asking === 'assign' && <AssignDialog ticket={ticket} actions={actions} onClose={onClose} />}
      {asking === 'status' && <StatusDialog ticket={ticket} actions={actions} onClose={onClose} />}
      {asking === 'priority' && <PriorityDialog ticket={ticket} actions={actions} onClose={onClose} />}
      {asking === 'snooze' && <SnoozeDialog ticket={ticket} actions={actions} onClose={onClose} />}
      {asking === 'followUp' && <FollowUpDialog ticket={ticket} actions={actions} onClose={onClose} />}
      {asking === 'link' && <LinkDialog ticket={ticket} onClose={onClose} />}
      {asking === 'history' && <HistoryDialog ticket={ticket} onClose={onClose} />}
      {asking === 'merge' && <MergeDialog ticket={ticket} onClose={onClose} />}
      {asking === 'split' && <SplitDialog ticket={ticket} onClose={onClose} />}
      {asking === 'tags' && <TagDialog ticket={ticket} actions={actions} onClose={onClose} />}
    </>
  );
}
