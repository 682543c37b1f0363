import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, IconButton, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { queueText } from './queue-text.ts';

type Bulk = OutputOf<'tickets.bulk'>;
const POLL_MS = 700;
const isGoing = (bulk: Bulk | undefined) => !bulk || bulk.state === 'running' || bulk.state === 'undoing';

/** How far a change of many is, what came of each line, and how to take it back. */
export function BulkResult({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(queueText);
  const [going, setGoing] = useState(true);
  const [lines, setLines] = useState(false);
  const { data: bulk } = useOperation('tickets.bulk', { id, limit: 200 }, going ? { refetchMs: POLL_MS } : {});
  if (isGoing(bulk) !== going) setGoing(isGoing(bulk));
  const stop = useCommand('tickets.cancelBulk');
  const undo = useCommand('tickets.undoBulk');
  if (!bulk) return null;
  const { counts, total, state } = bulk;
  const done = counts.changed + counts.unchanged + counts.refused + counts.undone + counts.kept;
  const words = {
    running: t.running(String(done), String(total)),
    undoing: t.undoing(String(counts.undone + counts.kept), String(counts.undone + counts.kept + counts.changed)),
    done: t.done(String(counts.changed), String(counts.unchanged + counts.refused)),
    undone: t.undone(String(counts.undone), String(counts.kept)),
    cancelled: t.cancelled(String(counts.changed)),
  }[state];
  const failed = (error: Error) => tell(error.message, { tone: 'danger' });
  return (
    <div className={styles.bulk} role="status">
      <span className="grow el">{words}</span>
      {!going && <IconButton icon="x" label={t.close} onClick={onClose} />}
      {going && <progress className={styles.progress} value={done} max={total} aria-label={words} />}
      <span className={styles.bulkActs}>
        {state === 'running' && (
          <Button small onClick={() => stop.mutate({ id }, { onError: failed })}>
            {t.stop}
          </Button>
        )}
        <Button small look="quiet" onClick={() => setLines(true)}>
          {t.lines}
        </Button>
        {(state === 'done' || state === 'cancelled') && counts.changed > 0 && (
          <Button
            small
            icon="undo"
            busy={undo.isPending}
            onClick={() => undo.mutate({ id }, { onSuccess: () => setGoing(true), onError: failed })}
          >
            {t.undo}
          </Button>
        )}
      </span>
      {lines && <Lines bulk={bulk} onClose={() => setLines(false)} />}
    </div>
  );
}

function Lines({ bulk, onClose }: { bulk: Bulk; onClose: () => void }) {
  const t = useText(queueText);
  const why = (code: string | null) =>
    code === 'too_many_tags' || code === 'record_missing' || code === 'not_found' || code === 'changed_since'
      ? t[`why_${code}`]
      : code;
  return (
    <Dialog title={t.lines} onClose={onClose}>
      <ul className={styles.choices}>
        {bulk.items.map((line) => (
          <li key={line.ticket} className="row">
            <Link to={`/tickets/${line.ticket}`} onClick={onClose}>
              {line.number}
            </Link>
            <span className="grow">{t[`outcome_${line.outcome ?? 'waiting'}`]}</span>
            <span className="t3">{why(line.why)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
