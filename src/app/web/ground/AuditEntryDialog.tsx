import { useText } from '#platform/language.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { Dialog, ErrorNote, Facts, Moment, Part, Skeleton } from '#ui/index.tsx';
import styles from './Ground.module.css';
import { text } from './text.ts';

type Entry = OutputOf<'audit.get'>;

/** One record in full: what was asked, and each change before and after. */
export function AuditEntryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text);
  const entry = useOperation('audit.get', { id });
  return (
    <Dialog title={entry.data?.title ?? entry.data?.operation ?? t.audit} wide onClose={onClose}>
      <ErrorNote error={entry.error} onRetry={() => void entry.refetch()} />
      {entry.isPending && <Skeleton rows={8} />}
      {entry.data && <EntryFacts entry={entry.data} />}
    </Dialog>
  );
}

function EntryFacts({ entry }: { entry: Entry }) {
  const t = useText(text);
  return (
    <div>
      <Facts
        rows={[
          [t.operation, entry.operation],
          [t.at, <Moment key="at" at={entry.at} />],
          [t.who, `${entry.actor.name} · ${t[`kind_${entry.actor.kind}`]}`],
          [t.from, entry.ip ?? '–'],
          [t.device, entry.userAgent ?? '–'],
          [t.outcome, entry.outcome === 'ok' ? t.ok : entry.outcome],
          [t.request, entry.requestId],
          [
            t.hash,
            <code key="hash" className={styles.hash}>
              {entry.contentHash}
            </code>,
          ],
          [t.seal, entry.seal ? String(entry.seal.seq) : t.notSealed],
        ]}
      />
      <Part title={t.input}>
        <Json value={entry.input} label={t.input} />
      </Part>
      {entry.changes.map((change) => (
        <Part key={`${change.event} ${change.subject}`} title={change.event} about={change.subject}>
          <div className={styles.change}>
            <Json value={change.before} label={t.before} />
            <Json value={change.after} label={t.after} />
          </div>
        </Part>
      ))}
    </div>
  );
}

export function Json({ value, label }: { value: unknown; label: string }) {
  return (
    <figure className={styles.json} aria-label={label}>
      <figcaption className="t3 f12">{label}</figcaption>
      <pre tabIndex={0} role="group" aria-label={label}>
        {value === null || value === undefined ? '–' : JSON.stringify(value, null, 1)}
      </pre>
    </figure>
  );
}
