import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

/** A ticket that belongs to this one, by its number. */
export function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const link = useCommand('tickets.link');
  const number = Number(typed.replaceAll(/\D/g, ''));
  function add(event: FormEvent) {
    event.preventDefault();
    const undo = () => link.mutate({ id: ticket.id, number, on: false });
    const onSuccess = () => {
      tell(t.linked(String(number)), { undo });
      onClose();
    };
    link.mutate({ id: ticket.id, number, on: true }, { onSuccess });
  }
  return (
    <Dialog title={t.link} about={t.linkAbout} onClose={onClose}>
      <form className="row" onSubmit={add}>
        <span className="grow">
          <Field
            bare
            autoFocus
            inputMode="numeric"
            label={t.ticketNumber}
            placeholder={t.ticketNumber}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button submit look="primary" disabled={!number} busy={link.isPending}>
          {t.link}
        </Button>
      </form>
      <ErrorLine error={link.error} />
    </Dialog>
  );
}

type FollowUpProps = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** The day on which somebody looks at the ticket again. */
export function FollowUpDialog({ ticket, actions, onClose }: FollowUpProps) {
  const t = useText(text);
  const [typed, setTyped] = useState(ticket.followUpOn ?? '');
  const set = (on: string | null) => {
    actions.followUp(on);
    onClose();
  };
  return (
    <Dialog title={t.followUp} about={t.followUpAbout} onClose={onClose}>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed) set(typed);
        }}
      >
        <span className="grow">
          <Field
            bare
            autoFocus
            type="date"
            label={t.followUp}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button submit look="primary" disabled={typed === ''}>
          {t.set}
        </Button>
        {ticket.followUpOn && <Button onClick={() => set(null)}>{t.takeOff}</Button>}
      </form>
    </Dialog>
  );
}
