import { useNavigate, useParams } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { Empty } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { QueueList } from './QueueList.tsx';
import { TicketView } from './TicketView.tsx';
import { text } from './text.ts';
import type { TicketRow } from './ticket-words.ts';
import { useQueue } from './useQueue.ts';

/** The desk: the queue on the left, the conversation beside it, the customer in the panel. */
export function Screen() {
  const t = useText(text);
  const { ticketId } = useParams({ strict: false });
  const queue = useQueue();
  const navigate = useNavigate();
  const open = (row: TicketRow, peek: boolean) =>
    void navigate({
      to: `/tickets/${row.id}`,
      search: ((before: object) => before) as never,
      state: { peek } as never,
    });
  return (
    <div className={styles.desk}>
      <QueueList queue={queue} shown={ticketId} onOpen={open} />
      {ticketId ? (
        <TicketView key={ticketId} id={ticketId} row={queue.rows.find((row) => row.id === ticketId)} />
      ) : (
        <section className={styles.conversation} aria-label={t.conversation}>
          <h1 className="sr">{t.queue}</h1>
          <Empty icon="chat" title={t.choose} about={t.chooseAbout} />
        </section>
      )}
    </div>
  );
}
