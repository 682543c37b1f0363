import { useDeferredValue, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { count, shortDay } from '#ui/format.ts';
import { Button, Chip, Dialog, ErrorLine, Field, SearchField, tell, Won } from '#ui/index.tsx';
import styles from './Customer.module.css';
import { text } from './text.ts';

type Preview = OutputOf<'customers.previewMerge'>;

/** Finds the other record of the same person, shows both side by side, and merges it into this one. */
export function MergeDialog({ into, onClose }: { into: string; onClose: () => void }) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const q = useDeferredValue(typed.trim());
  const found = useOperation('customers.search', { q, limit: 8 }, { enabled: q.length > 0, keep: true });
  const others = (q ? (found.data?.items ?? []) : []).filter(({ id }) => id !== into);
  return (
    <Dialog title={t.merge} about={t.mergeAbout} wide onClose={onClose}>
      <div className={styles.form}>
        <SearchField label={t.search} value={typed} onChange={setTyped} />
        {from === null && (
          <ul className={styles.hits}>
            {others.map((row) => (
              <li key={row.id}>
                <button type="button" onClick={() => setFrom(row.id)}>
                  <b className="med">{row.name}</b>
                  <span className="t2 grow el">{[row.phone, row.email].filter(Boolean).join(' · ')}</span>
                  <span className="t3 f12">{shortDay(new Date(row.createdAt))}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {q && found.isSuccess && others.length === 0 && <p className="t2">{t.noHit}</p>}
        {from !== null && <Compared from={from} into={into} onBack={() => setFrom(null)} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

type ComparedProps = { from: string; into: string; onBack: () => void; onClose: () => void };

function Compared({ from, into, onBack, onClose }: ComparedProps) {
  const t = useText(text);
  const preview = useOperation('customers.previewMerge', { from, into });
  const merge = useCommand('customers.merge');
  const unmerge = useCommand('customers.unmerge');
  const [reason, setReason] = useState('');
  const run = () =>
    merge.mutate(
      { from, into, reason },
      {
        onSuccess: ({ merge: id }) => {
          // The dialog is gone by then, and with it what a mutation calls back.
          const undo = () => void unmerge.mutateAsync({ merge: id }).then(() => tell(t.unmerged));
          tell(t.mergedNow, { undo });
          onClose();
        },
      },
    );
  if (preview.error) return <ErrorLine error={preview.error} />;
  if (!preview.data) return null;
  const { agrees, differs } = preview.data;
  return (
    <>
      <SideBySide preview={preview.data} />
      <p className="row">
        {agrees.map((field) => (
          <Chip key={field} tone="ok">
            {t.same(t[field])}
          </Chip>
        ))}
        {differs.map((field) => (
          <Chip key={field} tone="warn">
            {t.differs(t[field])}
          </Chip>
        ))}
      </p>
      <Field label={t.mergeReason} required value={reason} onChange={(event) => setReason(event.target.value)} />
      <ErrorLine error={merge.error} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onBack}>{t.chooseOther}</Button>
        <Button look="primary" busy={merge.isPending} disabled={reason.trim() === ''} onClick={run}>
          {t.mergeNow(count(preview.data.from.orders), count(preview.data.from.tickets))}
        </Button>
      </div>
    </>
  );
}

function SideBySide({ preview: { from, into } }: { preview: Preview }) {
  const t = useText(text);
  const rows = [
    [t.name, into.name, from.name],
    [t.phone, into.phone ?? '–', from.phone ?? '–'],
    [t.email, into.email ?? '–', from.email ?? '–'],
    [t.since, shortDay(new Date(into.createdAt)), shortDay(new Date(from.createdAt))],
    [t.points, <Won key="i" krw={into.points} />, <Won key="f" krw={from.points} />],
    [
      t.history,
      [t.orders(count(into.orders)), t.tickets(count(into.tickets)), t.calls(count(into.calls))].join(' · '),
      [t.orders(count(from.orders)), t.tickets(count(from.tickets)), t.calls(count(from.calls))].join(' · '),
    ],
    [t.memo, into.memo ?? '–', from.memo ?? '–'],
  ] as const;
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t.stays}</th>
          <th scope="col">{t.joins}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, a, b]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{a}</td>
            <td>{b}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
