import { type FormEvent, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useOperation } from '#platform/web.ts';
import { moment, span } from '#ui/format.ts';
import { Button, Dialog, Field, Kbd } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';
import type { TicketActions } from './useTicketActions.ts';

type Props = { ticket: Ticket; actions: TicketActions; onClose: () => void };

/** Until when the ticket shall leave the queues: a digit puts it off. */
export function SnoozeDialog({ ticket, actions, onClose }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const choices = useOperation('tickets.laterTimes', {}, { staleMs: 60_000 }).data?.items ?? [];
  const put = (until: Date | null) => {
    actions.snooze(until);
    onClose();
  };
  useHotkeys(
    choices.map(({ name, at }, index) => ({
      keys: String(index + 1),
      title: { ko: t[`later_${name}`], en: t[`later_${name}`] },
      layer: 'dialog' as const,
      run: () => put(new Date(at)),
    })),
  );
  function again() {
    actions.snoozeAgain();
    onClose();
  }
  function own(event: FormEvent) {
    event.preventDefault();
    // The field speaks of the time on the wall, in Korea.
    const until = new Date(`${typed}:00+09:00`);
    if (until.getTime() > Date.now()) put(until);
  }
  return (
    <Dialog title={t.snooze} about={t.snoozeAbout} onClose={onClose}>
      <ul className={styles.people}>
        {choices.map(({ name, at }, index) => (
          <li key={name}>
            <button type="button" onClick={() => put(new Date(at))}>
              <span className="grow">{t[`later_${name}`]}</span>
              <span className="t3">{moment(new Date(at), language)}</span>
              <Kbd keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
      <form className="row" onSubmit={own}>
        <span className="grow">
          <Field
            bare
            type="datetime-local"
            label={t.laterOwn}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button submit disabled={typed === ''}>
          {t.snooze}
        </Button>
      </form>
      <p className="row">
        {ticket.snoozedMinutes !== null && (
          <Button hotkey="Alt+Shift+S" onClick={again}>
            {t.snoozeAgain(span(ticket.snoozedMinutes * 60_000, language))}
          </Button>
        )}
        {ticket.snoozedUntil && <Button onClick={() => put(null)}>{t.wakeNow}</Button>}
      </p>
    </Dialog>
  );
}
