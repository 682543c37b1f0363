import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, Skeleton, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import { type Ticket, useStatusName } from './ticket-words.ts';

type Props = { ticket: Ticket; onClose: () => void };

/** Into which ticket this one goes: another of the customer, or by number; what it makes of it is shown first. */
export function MergeDialog({ ticket, onClose }: Props) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const others = useOperation('tickets.list', { customer: ticket.customer.id, limit: 8 });
  const number = Number(typed.replaceAll(/\D/g, ''));
  return (
    <Dialog title={t.merge} about={t.mergeAbout} onClose={onClose}>
      <Field
        bare
        autoFocus
        inputMode="numeric"
        label={t.ticketNumber}
        placeholder={t.ticketNumber}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className={styles.people}>
        {others.data?.items
          .filter((other) => other.id !== ticket.id)
          .map((other) => (
            <li key={other.id}>
              <button
                type="button"
                aria-pressed={other.number === number}
                onClick={() => setTyped(String(other.number))}
              >
                <span>{other.number}</span>
                <span className="grow el t2">{other.subject}</span>
              </button>
            </li>
          ))}
      </ul>
      {number > 0 && <Preview ticket={ticket} number={number} onClose={onClose} />}
    </Dialog>
  );
}

function Preview({ ticket, number, onClose }: Props & { number: number }) {
  const t = useText(text);
  const statusName = useStatusName();
  const navigate = useNavigate();
  const preview = useOperation('tickets.mergePreview', { id: ticket.id, number });
  const merge = useCommand('tickets.merge');
  const unmerge = useCommand('tickets.unmerge');
  const made = preview.data;
  const go = (id: string) => void navigate({ to: `/tickets/${id}`, search: ((before: object) => before) as never });
  function run(into: string) {
    const undo = () =>
      unmerge.mutate(
        { id: ticket.id },
        { onSuccess: () => go(ticket.id), onError: (error) => tell(error.message, { tone: 'danger' }) },
      );
    const onSuccess = () => {
      tell(t.mergedNow(String(ticket.number), String(number)), { undo });
      onClose();
      go(into);
    };
    merge.mutate({ id: ticket.id, into }, { onSuccess });
  }
  return (
    <>
      {preview.isPending && <Skeleton rows={3} />}
      <ErrorLine error={preview.error ?? merge.error} />
      {made && (
        <>
          <p>
            <b>{made.into.number}</b> {made.into.subject}
          </p>
          <p className="t2">
            {t.mergeMakes(String(made.moves), String(made.total))} · {statusName(made.status)} ·{' '}
            {t[`p_${made.priority}`]}
            {made.tags.length > 0 && ` · ${made.tags.join(', ')}`}
          </p>
          <p className="row">
            <span className="grow" />
            <Button look="primary" busy={merge.isPending} onClick={() => run(made.into.id)}>
              {t.mergeInto(String(made.into.number))}
            </Button>
          </p>
        </>
      )}
    </>
  );
}
