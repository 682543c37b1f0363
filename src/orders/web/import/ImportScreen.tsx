import { type DragEvent, type FormEvent, useEffect, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { OperationError, type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { count } from '#ui/format.ts';
import { Button, ErrorLine, ErrorNote, Facts, Field, Icon, Page, Part, Scroll, Skeleton, Why } from '#ui/index.tsx';
import { ChoicePart } from './ChoicePart.tsx';
import styles from './Import.module.css';
import { ResultPart } from './ResultPart.tsx';
import { sendFile } from './send-file.ts';
import { text } from './text.ts';

type Import = OutputOf<'orders.getImport'>;
const REFRESH_MS = 700;

/** A mall's order file, from the disk into the system: send, check, look, import. The address keeps the import. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['file']);
  return (
    <Page
      title={t.title}
      about={t.about}
      actions={filter.file && <Button onClick={() => setFilter({ file: undefined })}>{t.another}</Button>}
    >
      <Scroll>
        {filter.file ? (
          <ImportPart key={filter.file} id={filter.file} />
        ) : (
          <SendPart onSent={(file) => setFilter({ file })} />
        )}
      </Scroll>
    </Page>
  );
}

function SendPart({ onSent }: { onSent: (id: string) => void }) {
  const t = useText(text);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [over, setOver] = useState(false);
  async function take(file: File | undefined) {
    if (!file) return;
    setError(null);
    setShare(0);
    try {
      onSent(await sendFile(file, setShare));
    } catch (failed) {
      setError(failed instanceof Error ? failed : new Error(String(failed)));
      setShare(null);
    }
  }
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  }
  return (
    <section
      aria-label={t.drop}
      className={styles.drop}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="excel" />
      <b className="semi">{t.drop}</b>
      <span className="t2">{t.dropAbout}</span>
      {share === null ? (
        <input
          type="file"
          aria-label={t.choose}
          style={{ position: 'static', width: 'auto', height: 'auto', opacity: 1 }}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      ) : (
        <progress className={styles.bar} aria-label={t.sending} value={share} max={1} />
      )}
      <ErrorLine error={error} />
    </section>
  );
}

function ImportPart({ id }: { id: string }) {
  const t = useText(text);
  const [working, setWorking] = useState(false);
  const {
    data: it,
    error,
    refetch,
  } = useOperation('orders.getImport', { import: id }, { refetchMs: working ? REFRESH_MS : 5_000, staleMs: 0 });
  const busy = it?.state === 'checking' || it?.state === 'importing';
  if (busy !== working) setWorking(busy);
  const again = () => void refetch();
  if (error) return <ErrorNote error={error} onRetry={again} />;
  if (!it) return <Skeleton rows={6} />;
  return (
    <>
      <Part title={it.name}>
        <Facts
          rows={[
            [t.format, [it.preset?.title, it.container].filter(Boolean).join(' · ') || '–'],
            [t.file, `${count(Math.ceil(it.bytes / 1_000))} kB`],
            ...(it.counts.rows > 0 ? [[t.row, t.rows(count(it.counts.rows))] as const] : []),
          ]}
        />
        {busy && <WorkingPart it={it} />}
        {it.problem && <Why icon="warn">{it.problem.text}</Why>}
      </Part>
      {it.state === 'uploading' && <OpenPart it={it} onChecked={again} />}
      {(it.state === 'needs_choice' || (it.state === 'checked' && it.asks.length > 0)) && (
        <ChoicePart key={it.state} it={it} onChecked={again} />
      )}
      {(it.state === 'checked' || it.state === 'done') && <ResultPart key={it.state} it={it} onStarted={again} />}
    </>
  );
}

/** How far the work is, and the way to stop it. */
function WorkingPart({ it }: { it: Import }) {
  const t = useText(text);
  const cancel = useCommand('orders.cancelImport');
  return (
    <div className={styles.foot}>
      <progress
        className={styles.bar}
        aria-label={it.state === 'checking' ? t.checking : t.importing}
        value={it.progress ?? 0}
        max={1}
      />
      <span className="t2">{it.state === 'checking' ? t.checking : t.importing}</span>
      <Button small icon="x" busy={cancel.isPending} onClick={() => cancel.mutate({ import: it.id })}>
        {t.stop}
      </Button>
      <ErrorLine error={cancel.error} />
    </div>
  );
}

/** Starts the check; asks for the password when the file has one. */
function OpenPart({ it, onChecked }: { it: Import; onChecked: () => void }) {
  const t = useText(text);
  const check = useCommand('orders.checkImport');
  const [password, setPassword] = useState('');
  const { mutate } = check;
  const { id } = it;
  // A file that was just sent needs no click; one with a password comes back here and asks.
  useEffect(() => mutate({ import: id }), [mutate, id]);
  const locked = check.error instanceof OperationError && /password/.test(check.error.code);
  function submit(event: FormEvent) {
    event.preventDefault();
    check.mutate({ import: id, ...(password ? { password } : {}) }, { onSuccess: onChecked });
  }
  return (
    <form onSubmit={submit}>
      {locked && (
        <Field
          type="password"
          label={t.password}
          value={password}
          autoFocus
          onChange={(event) => setPassword(event.target.value)}
        />
      )}
      <ErrorLine error={check.error} />
      <div className={styles.foot}>
        <Button submit look="primary" busy={check.isPending}>
          {locked ? t.open : t.check}
        </Button>
      </div>
    </form>
  );
}
