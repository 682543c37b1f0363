import { useLanguage, useText } from '#platform/language.tsx';
import { useInfinite } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, Dialog, ErrorNote, Skeleton } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { queueText } from './queue-text.ts';
import { text } from './text.ts';
import { type Priority, type Status, type Ticket, useStatusName } from './ticket-words.ts';

type Field =
  | 'status'
  | 'assignee'
  | 'tags'
  | 'priority'
  | 'waiting_since'
  | 'snoozed_until'
  | 'follow_up_on'
  | 'first_replied_at';

/** Who changed what on the ticket, newest first. */
export function HistoryDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useText(queueText);
  const language = useLanguage();
  const list = useInfinite('tickets.history', { id: ticket.id, limit: 30 });
  const value = useValue();
  const eventName = (event: string) => (t as unknown as Record<string, string>)[`ev_${event}`] ?? t.ev_other;
  const fieldName = (field: string) => (t as unknown as Record<string, string>)[`f_${field}`] ?? field;
  return (
    <Dialog wide title={t.history} onClose={onClose}>
      {list.isPending && <Skeleton rows={5} />}
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && list.items.length === 0 && <p className="t2">{t.noHistory}</p>}
      <ol className={styles.choices}>
        {list.items.map((one) => (
          <li key={one.version} className={styles.change}>
            <p className="row">
              <b className="med">{eventName(one.event)}</b>
              <span className="t2">{one.by}</span>
              {one.undone && <Chip tone="line">{t.takenBack}</Chip>}
              <span className="grow" />
              <time className="t3" dateTime={one.at}>
                {moment(new Date(one.at), language)}
              </time>
            </p>
            {one.changes.map(({ field, before, after }) => (
              <p key={field} className="t2 f12">
                {fieldName(field)}: {value(field as Field, before)} → {value(field as Field, after)}
              </p>
            ))}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.older}
        </Button>
      )}
    </Dialog>
  );
}

/** A value of the history in the words of the desk. */
function useValue() {
  const t = useText(text);
  const q = useText(queueText);
  const language = useLanguage();
  const statusName = useStatusName();
  return (field: Field, value: unknown): string => {
    if (value === null || value === undefined || value === '') return q.none;
    if (field === 'status') return statusName(value as Status);
    if (field === 'priority') return t[`p_${value as Priority}`];
    if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : q.none;
    if (field === 'assignee' || field === 'follow_up_on') return String(value);
    return moment(new Date(String(value)), language);
  };
}
