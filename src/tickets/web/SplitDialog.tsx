import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { clock } from '#ui/format.ts';
import { Button, CheckField, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';

/** Which messages go on as a ticket of their own, and what that one is about. */
export function SplitDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useText(text);
  const navigate = useNavigate();
  const [subject, setSubject] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const split = useCommand('tickets.split');
  const unsplit = useCommand('tickets.unsplit');
  const go = (id: string) => void navigate({ to: `/tickets/${id}`, search: ((before: object) => before) as never });
  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }
  function run(event: FormEvent) {
    event.preventDefault();
    const onSuccess = (made: { id: string; number: number }) => {
      const back = {
        onSuccess: () => go(ticket.id),
        onError: (error: Error) => tell(error.message, { tone: 'danger' }),
      };
      tell(t.splitNow(String(made.number)), { undo: () => unsplit.mutate({ id: made.id }, back) });
      onClose();
      go(made.id);
    };
    split.mutate({ id: ticket.id, messages: [...chosen], subject }, { onSuccess });
  }
  return (
    <Dialog wide title={t.split} about={t.splitAbout} onClose={onClose}>
      <form onSubmit={run}>
        <Field label={t.subject} value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />
        <ul className={styles.choices}>
          {ticket.messages.map((message) => (
            <li key={message.id}>
              <CheckField
                label={`${clock(new Date(message.at))} ${message.author.name ?? ticket.customer.name} · ${message.text.slice(0, 80)}`}
                checked={chosen.has(message.id)}
                onChange={() => toggle(message.id)}
              />
            </li>
          ))}
        </ul>
        <ErrorLine error={split.error} />
        <p className="row">
          <span className="grow" />
          <Button submit look="primary" busy={split.isPending} disabled={chosen.size === 0 || subject.trim() === ''}>
            {t.splitOff(String(chosen.size))}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
