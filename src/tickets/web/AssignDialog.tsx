import { useDeferredValue, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorNote, Field } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

type Props = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** Whose the ticket shall be: type a name, Enter takes the first. */
export function AssignDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const people = useOperation('tickets.colleagues', { ...(q ? { q } : {}), limit: 12 }, { keep: true });
  const take = (person: { id: string; name: string } | null) => {
    actions.assign(person);
    onClose();
  };
  const takeMyself = () => {
    actions.toMe();
    onClose();
  };
  const first = people.data?.items[0];
  return (
    <Dialog title={t.assign} onClose={onClose}>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (first) take(first);
        }}
      >
        <span className="grow">
          <Field
            bare
            autoFocus
            label={t.person}
            placeholder={t.person}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button onClick={takeMyself}>{t.toMe}</Button>
      </form>
      {people.error && <ErrorNote error={people.error} />}
      <ul className={styles.people}>
        {people.data?.items.map((person) => (
          <li key={person.id}>
            <button type="button" aria-pressed={person.id === ticket.assignee} onClick={() => take(person)}>
              <b className="med">{person.name}</b>
              <span className="t3 grow el">{person.state === 'ready' ? t.ready : (person.reason ?? t.away)}</span>
              <span className="t3">{t.openNow(String(person.open))}</span>
            </button>
          </li>
        ))}
        {ticket.assignee && (
          <li>
            <button type="button" onClick={() => take(null)}>
              {t.nobody}
            </button>
          </li>
        )}
      </ul>
    </Dialog>
  );
}
