import { memo } from 'react';
import { MallTagOf } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { shortDay } from '#ui/format.ts';
import { Icon, Waiting } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import { CHANNEL_ICON, type TicketRow } from './ticket-words.ts';

type Props = {
  id: string;
  row: TicketRow;
  top: number;
  shown: boolean;
  active: boolean;
  draft: boolean;
  /** Selected for a change of many. */
  chosen: boolean;
  /** Who else is there, `writing 이하은`. */
  here: string | undefined;
  /** The same function at each drawing, so that rows that stay in sight are not drawn anew. */
  onOpen: (row: TicketRow) => void;
};

/** One ticket of the queue: channel, mall, who, what about, and what is due. */
export const QueueRow = memo(function QueueRow({ id, row, top, shown, active, draft, chosen, here, onOpen }: Props) {
  const t = useText(text);
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={shown}
      data-active={active || undefined}
      data-chosen={chosen || undefined}
      className={styles.row}
      style={{ top }}
      onClick={() => onOpen(row)}
    >
      <Icon
        name={chosen ? 'check' : CHANNEL_ICON[row.channel]}
        label={chosen ? t.selected : t[row.channel]}
        className={chosen ? 'ok' : 't2'}
      />
      <MallTagOf mall={row.mall} />
      <span className={styles.name}>{row.customer.name}</span>
      <span className={styles.subject}>{row.subject}</span>
      {here && (
        <Icon
          name={here.startsWith('writing') ? 'pen' : 'eye'}
          small
          label={t.there(here.slice(here.indexOf(' ') + 1))}
          className="warn"
        />
      )}
      {draft && <Icon name="pen" small label={t.draft} className="t3" />}
      <span className={styles.due}>
        {row.priority === 'urgent' && (
          <b className="danger">
            <Icon name="warn" small />
            {t.urgent}
          </b>
        )}
        {row.waitingSince ? <Waiting since={row.waitingSince} /> : shortDay(new Date(row.updatedAt))}
      </span>
    </div>
  );
});
