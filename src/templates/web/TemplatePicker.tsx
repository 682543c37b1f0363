import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, Empty, ErrorLine, ErrorNote, Field, Kbd, Skeleton } from '#ui/index.tsx';
import { findTemplates } from './find.ts';
import styles from './Templates.module.css';
import { TemplateText } from './TemplateText.tsx';
import { text } from './text.ts';

type Filled = OutputOf<'templates.use'>;
type Props = { ticket: string; onUse: (filled: Filled) => void; onClose: () => void };

/** Templates that fit the case, the nearest first: type to find one, arrows to move, Enter puts it into the reply. */
export function TemplatePicker({ ticket, onUse, onClose }: Props) {
  const t = useText(text);
  const listId = useId();
  const list = useOperation('templates.list', { ticket });
  const use = useCommand('templates.use');
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => findTemplates(list.data?.items ?? [], typed), [list.data, typed]);
  const chosen = found[Math.min(at, found.length - 1)];

  function take(template = chosen) {
    if (!template || use.isPending) return;
    use.mutate({ id: template.id, ticket }, { onSuccess: onUse });
  }
  function press(event: KeyboardEvent) {
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    }
    // While a syllable is composed, Enter ends it and nothing else.
    if (event.code === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      take();
    }
  }
  return (
    <Dialog wide title={t.templates} onClose={onClose}>
      <Field
        bare
        autoFocus
        label={t.search}
        placeholder={t.search}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={8} />}
      {list.isSuccess && found.length === 0 && <Empty icon="memo" title={t.none} about={t.noneAbout} />}
      {chosen && (
        <div className={styles.picker}>
          <div id={listId} role="listbox" aria-label={t.templates} className={styles.found}>
            {found.slice(0, 60).map((template) => (
              <div
                key={template.id}
                id={`${listId}-${template.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={template.id === chosen.id}
                onClick={() => setAt(found.indexOf(template))}
                onDoubleClick={() => take(template)}
              >
                <span className="grow el">{template.title}</span>
                <span className="t3 f12 nw">{template.folder.name}</span>
              </div>
            ))}
          </div>
          <div className={styles.text}>
            <TemplateText text={chosen.body} />
          </div>
        </div>
      )}
      <ErrorLine error={use.error} />
      <p className="row f12 t3">
        <span className="grow">
          <Kbd keys="Enter" /> {t.use}
        </span>
        <Button look="primary" busy={use.isPending} disabled={!chosen} onClick={() => take()}>
          {t.use}
        </Button>
      </p>
    </Dialog>
  );
}
