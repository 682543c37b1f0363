import { Fragment, useEffect, useRef } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { clock, dayKey, longDay } from '#ui/format.ts';
import { Chip, Icon, type IconName } from '#ui/index.tsx';
import styles from './Desk.module.css';
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
                <MessageLine message={message} customer={ticket.customer.name} />
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

function MessageLine({ message, customer }: { message: Message; customer: string }) {
  const t = useText(text);
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
          {message.delivery === 'queued' && <Chip tone="line">{t.delivery_queued}</Chip>}
          {message.delivery === 'failed' && (
            <Chip tone="danger" icon="warn">
              {t.delivery_failed}
            </Chip>
          )}
        </p>
        <p className={styles.said}>{message.text}</p>
      </div>
    </li>
  );
}
