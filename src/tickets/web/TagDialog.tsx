import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { Button, Dialog, Field } from '#ui/index.tsx';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

type Props = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** Tags of the ticket: add one, or take one off. */
export function TagDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  function add(event: FormEvent) {
    event.preventDefault();
    const tag = typed.trim();
    if (tag && !ticket.tags.includes(tag)) actions.tags({ add: [tag] });
    onClose();
  }
  return (
    <Dialog title={t.tags} onClose={onClose}>
      <form className="row" onSubmit={add}>
        <span className="grow">
          <Field
            bare
            autoFocus
            label={t.tagNew}
            placeholder={t.tagNew}
            maxLength={40}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button submit look="primary" disabled={typed.trim() === ''}>
          {t.add}
        </Button>
      </form>
      <p className="row" style={{ flexWrap: 'wrap' }}>
        {ticket.tags.map((tag) => (
          <Button key={tag} small icon="x" aria-label={t.remove(tag)} onClick={() => actions.tags({ remove: [tag] })}>
            {tag}
          </Button>
        ))}
      </p>
    </Dialog>
  );
}
