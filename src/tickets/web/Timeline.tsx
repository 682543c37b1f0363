import { Fragment, useEffect, useRef } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { SlotOf } from '#platform/slot.tsx';
import { clock, dayKey, longDay } from '#ui/format.ts';
import { Chip, Icon, type IconName, useNow } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { FailedReply } from './FailedReply.tsx';
import { messageParts } from './parts.tsx';
import { text } from './text.ts';
import { CHANNEL_ICON, type Message, type Ticket } from './ticket-words.ts';

/** Everything that was said and done, in the order of time; it opens at its newest end. */
export function Timeline({ ticket }: { ticket: Ticket }) {
  const t = useText(text);
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const newest = ticket.messages.at(-1)?.id;
  useEffect(() => {
    if (newest && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [newest]);
  const today = dayKey(new Date());
  return (
    <div className={styles.timeline} ref={box} tabIndex={0} role="log" aria-label={t.conversation}>
      <ol>
        {ticket.messages.map((message, index) => {
          const before = ticket.messages[index - 1];
          const at = new Date(message.at);
          const newDay = !before || dayKey(new Date(before.at)) !== dayKey(at);
          return (
            <Fragment key={message.id}>
              {newDay && (
                <li className={styles.day}>
                  {longDay(at, language)}
                  {dayKey(at) === today && ` · ${t.today}`}
                </li>
              )}
              {message.kind === 'event' ? (
                <EventLine message={message} />
              ) : (
                <MessageLine message={message} ticket={ticket} />
              )}
            </Fragment>
          );
        })}
      </ol>
    </div>
  );
}

function EventLine({ message }: { message: Message }) {
  return (
    <li className={styles.event}>
      <time dateTime={message.at}>{clock(new Date(message.at))}</time>
      <Icon name={CHANNEL_ICON[message.channel]} small />
      <span>
        {message.text} <span className="t3">{message.author.name}</span>
      </span>
    </li>
  );
}

const LOOK: Record<Message['kind'], string> = {
  inbound: 'in',
  outbound: 'out',
  partner: 'out',
  note: 'memo',
  call_note: 'memo',
  event: 'out',
};

function MessageLine({ message, ticket }: { message: Message; ticket: Ticket }) {
  const t = useText(text);
  const customer = ticket.customer.name;
  const memo = message.kind === 'note' || message.kind === 'call_note';
  const icon: IconName = memo ? 'memo' : CHANNEL_ICON[message.channel];
  const name = message.author.name ?? (message.kind === 'inbound' ? customer : t.system);
  const about =
    message.kind === 'note'
      ? t.byMemo
      : message.kind === 'call_note'
        ? t.byCall
        : message.kind === 'partner'
          ? t.byPartner
          : t[message.channel];
  return (
    <li className={styles.message} data-look={LOOK[message.kind]}>
      <time dateTime={message.at}>{clock(new Date(message.at))}</time>
      <div>
        <p className={styles.by}>
          <Icon name={icon} small />
          <b>{name}</b>
          <span className="t3">{about}</span>
          {message.origin !== null && <span className="t3">{t.saidOn(String(message.origin))}</span>}
          <Delivery message={message} />
        </p>
        <p className={styles.said}>{message.text}</p>
        <SlotOf of={messageParts} props={{ ticket, message }} />
        {message.thanks && <p className="f12 t3">{ticket.status === 'solved' ? t.onlyThanksDone : t.onlyThanks}</p>}
        {message.delivery === 'failed' && <FailedReply ticket={ticket.id} message={message} />}
      </div>
    </li>
  );
}

function Delivery({ message }: { message: Message }) {
  const t = useText(text);
  const now = useNow();
  if (message.delivery === 'failed')
    return (
      <Chip tone={message.settled ? 'mute' : 'danger'} icon="warn">
        {message.settled ? t.failedSettled : t.delivery_failed}
      </Chip>
    );
  if (message.delivery !== 'queued') return null;
  const held = message.sendAfter !== null && Date.parse(message.sendAfter) > now;
  return <Chip tone="line">{held ? t.delivery_held : t.delivery_queued}</Chip>;
}
