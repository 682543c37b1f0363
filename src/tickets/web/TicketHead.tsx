import { MallTagOf } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { SlotOf } from '#platform/slot.tsx';
import { dayKey, moment, shortDay } from '#ui/format.ts';
import { Button, Chip, Icon, useNow, Waiting } from '#ui/index.tsx';
import { Around } from './Around.tsx';
import styles from './Desk.module.css';
import { HereNow } from './HereNow.tsx';
import { MoreActions } from './MoreActions.tsx';
import { ticketActions, ticketFacts } from './parts.tsx';
import { text } from './text.ts';
import { type Ticket, type TicketRow, useStatusName } from './ticket-words.ts';
import type { Asking, TicketActions } from './useTicketActions.ts';

type Props = { ticket: TicketRow | Ticket; actions?: TicketActions; onAsk?: (asking: Asking) => void };

/** Who, what about, how far, and what can be done with it. */
export function TicketHead({ ticket, actions, onAsk }: Props) {
  const t = useText(text);
  const can = useCan();
  const statusName = useStatusName();
  const done = ticket.status === 'solved';
  return (
    <>
      <header className={styles.head}>
        <MallTagOf mall={ticket.mall} />
        <h1 className="f15 el">
          {ticket.customer.name} <span className="med t2">{ticket.subject}</span>
        </h1>
        <Chip tone={ticket.status === 'open' || ticket.status === 'new' ? 'accent' : 'mute'}>
          {statusName(ticket.status)}
        </Chip>
        {(ticket.priority === 'urgent' || ticket.priority === 'high') && (
          <Chip tone={ticket.priority === 'urgent' ? 'danger' : 'warn'} icon="warn">
            {t[`p_${ticket.priority}`]}
          </Chip>
        )}
        <HereNow ticket={ticket.id} />
        <span className="grow" />
        {actions && 'version' in ticket && <SlotOf of={ticketActions} props={{ ticket }} />}
        {actions && can('tickets.assign') && (
          <>
            <Button small look="quiet" hotkey="A" onClick={() => onAsk?.('assign')}>
              {t.assign}
            </Button>
            <Button small look="quiet" hotkey="S" onClick={() => onAsk?.('status')}>
              {t.status}
            </Button>
            <MoreActions ticket={ticket} actions={actions} onAsk={onAsk} />
            <Button small icon={done ? 'undo' : 'check'} hotkey="Alt+R" onClick={actions.resolve}>
              {done ? t.reopen : t.resolve}
            </Button>
          </>
        )}
      </header>
      <CaseFacts ticket={ticket} />
    </>
  );
}

/** One line below the head: whose it is, what waits, what is due. */
function CaseFacts({ ticket }: { ticket: TicketRow | Ticket }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const now = useNow();
  const due = 'answerDueAt' in ticket && ticket.status !== 'solved' ? ticket.answerDueAt : null;
  const late = due !== null && new Date(due).getTime() < now;
  return (
    <div className={styles.facts}>
      <span>{t.number(String(ticket.number))}</span>
      <span>
        {t.assignee} <b className="med">{ticket.assigneeName ?? t.noAssignee}</b>
      </span>
      {ticket.tags.map((tag) => (
        <Chip key={tag} tone="line">
          {tag}
        </Chip>
      ))}
      {'version' in ticket && can('tickets.around') && <Around ticket={ticket.id} merged={ticket.merged} />}
      <i className="grow" />
      {ticket.snoozedUntil && (
        <span>
          <Icon name="pause" small />
          {t.snoozedUntil} <b>{moment(new Date(ticket.snoozedUntil), language)}</b>
        </span>
      )}
      {ticket.followUpOn && (
        <span className={ticket.followUpOn <= dayKey(new Date(now)) && ticket.status !== 'solved' ? 'warn' : undefined}>
          <Icon name="flag" small />
          {t.followUp} <b>{shortDay(new Date(`${ticket.followUpOn}T00:00:00+09:00`))}</b>
        </span>
      )}
      {'version' in ticket && <SlotOf of={ticketFacts} props={{ ticket }} />}
      {ticket.waitingSince && (
        <span>
          {t.waitingFor}{' '}
          <b className="med">
            <Waiting since={ticket.waitingSince} />
          </b>
        </span>
      )}
      {due && (
        <span className={late ? 'danger' : undefined}>
          <Icon name={late ? 'warn' : 'clock'} small />
          {t.due} <b>{moment(new Date(due), language)}</b>
          {late && ` · ${t.overdue}`}
        </span>
      )}
    </div>
  );
}
