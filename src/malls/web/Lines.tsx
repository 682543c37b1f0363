import { type FormEvent, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, ErrorNote, Field, Part, Skeleton, tell } from '#ui/index.tsx';
import { LINES } from '../contract.ts';
import styles from './Malls.module.css';
import { ManualText } from './ManualText.tsx';
import { text } from './text.ts';

type Line = OutputOf<'malls.listLines'>['items'][number];
type Kind = (typeof LINES)[number];

/** What is said and done on a mall's order number and on its general one. */
export function Lines({ mall }: { mall: string }) {
  const t = useText(text);
  const can = useCan();
  const lines = useOperation('malls.listLines', { mall });
  const [editing, setEditing] = useState<Kind | null>(null);
  if (lines.error) return <ErrorNote error={lines.error} onRetry={() => void lines.refetch()} />;
  if (!lines.data) return <Skeleton rows={8} />;
  const known = (kind: Kind) => lines.data.items.find(({ line }) => line === kind);
  const edit = (kind: Kind) =>
    can('malls.saveLine') && (
      <Button icon="pen" onClick={() => setEditing(kind)}>
        {t.edit}
      </Button>
    );
  return (
    <div className={styles.lines}>
      {LINES.map((kind) => (
        <Part key={kind} title={t[`line_${kind}`]} about={known(kind)?.number ?? t.noNumber} actions={edit(kind)}>
          {known(kind) ? <OneLine line={known(kind) as Line} /> : <p className="t3">{t.noLine}</p>}
        </Part>
      ))}
      {editing && <LineDialog mall={mall} kind={editing} line={known(editing)} onClose={() => setEditing(null)} />}
    </div>
  );
}

function OneLine({ line }: { line: Line }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <>
      <p className="t2 f12">
        {t.hours} {line.opens}–{line.closes} · {t.savedBy(line.version, line.by, moment(new Date(line.at), language))}
      </p>
      <p style={{ margin: '8px 0' }}>“{line.greeting}”</p>
      <ManualText body={line.steps} pictures={[]} />
    </>
  );
}

type DialogProps = { mall: string; kind: Kind; line: Line | undefined; onClose: () => void };

function LineDialog({ mall, kind, line, onClose }: DialogProps) {
  const t = useText(text);
  const save = useCommand('malls.saveLine');
  const [given, setGiven] = useState({
    number: line?.number ?? '',
    opens: line?.opens ?? '09:00',
    closes: line?.closes ?? '18:00',
    greeting: line?.greeting ?? '',
    steps: line?.steps ?? '',
  });
  const set = (name: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [name]: event.target.value });
  function submit(event: FormEvent) {
    event.preventDefault();
    const input = { mall, line: kind, ...given, number: given.number.trim() || null, basedOn: line?.version ?? 0 };
    const done = () => {
      tell(t.lineSaved);
      onClose();
    };
    save.mutate(input, { onSuccess: done });
  }
  return (
    <Dialog title={t[`line_${kind}`]} about={t.lineAbout} wide onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 14 }}>
        <div className="row">
          <Field
            autoFocus
            label={t.number}
            hint={t.numberHint}
            error={save.error?.field('number')}
            value={given.number}
            onChange={set('number')}
          />
          <Field label={t.opens} type="time" required value={given.opens} onChange={set('opens')} />
          <Field label={t.closes} type="time" required value={given.closes} onChange={set('closes')} />
        </div>
        <Field label={t.greeting} required value={given.greeting} onChange={set('greeting')} />
        <label className={styles.edit} style={{ gridTemplateColumns: '1fr' }}>
          {t.steps}
          <textarea required maxLength={10_000} value={given.steps} onChange={set('steps')} />
        </label>
        <ErrorLine error={save.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={save.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
