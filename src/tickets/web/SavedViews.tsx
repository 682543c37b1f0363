import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, IconButton, SelectField, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { queueText } from './queue-text.ts';
import { MORE_VIEWS, type Queue, type View } from './useQueue.ts';

const SHARED = ['own', 'centre', 'company'] as const;
const KEPT = ['view', 'mall', 'channel', 'q', 'tag', 'priority', 'status'] as const;

type Props = { queue: Queue; label: string; counted: (view: View) => string; choose: (view: View) => void };

/** Views beside those of everyday, and the saved ones; the filter as it stands can be saved. */
export function SavedViews({ queue, label, counted, choose }: Props) {
  const t = useText(queueText);
  const [saving, setSaving] = useState(false);
  const views = useOperation('tickets.views', {}, { keep: true, staleMs: 60_000 }).data?.items ?? [];
  const shown = views.find(({ filter }) =>
    KEPT.every((name) => (filter[name] ?? '') === (name === 'view' ? queue.asked.view : (queue.filter[name] ?? ''))),
  );
  const own = MORE_VIEWS.some((one) => one === queue.view) ? queue.view : '';
  function take(value: string) {
    const saved = views.find(({ id }) => id === value);
    if (!saved) return value && choose(value as View);
    const { filter } = saved;
    queue.setFilter({
      ...Object.fromEntries(KEPT.map((name) => [name, filter[name]])),
      ...{ view: filter.view === 'open' ? undefined : filter.view, sort: filter.sort },
    });
  }
  return (
    <span className="row nw">
      <SelectField bare small label={label} value={shown?.id ?? own} onChange={(event) => take(event.target.value)}>
        <option value="">{label}</option>
        {MORE_VIEWS.map((value) => (
          <option key={value} value={value}>
            {counted(value)}
          </option>
        ))}
        {views.length > 0 && (
          <optgroup label={t.savedViews}>
            {views.map((view) => (
              <option key={view.id} value={view.id}>
                {view.name} {view.count === null ? '' : view.count >= 1_000 ? '999+' : view.count}
              </option>
            ))}
          </optgroup>
        )}
      </SelectField>
      <IconButton icon="plus" label={t.saveView} onClick={() => setSaving(true)} />
      {saving && <SaveDialog queue={queue} views={views} onClose={() => setSaving(false)} />}
    </span>
  );
}

type SaveProps = { queue: Queue; views: readonly { id: string; name: string; mine: boolean }[]; onClose: () => void };

function SaveDialog({ queue, views, onClose }: SaveProps) {
  const t = useText(queueText);
  const [name, setName] = useState('');
  const [shared, setShared] = useState<(typeof SHARED)[number]>('own');
  const save = useCommand('tickets.saveView');
  const remove = useCommand('tickets.removeView');
  function run(event: FormEvent) {
    event.preventDefault();
    const { limit: _, ...filter } = queue.asked;
    const onSuccess = () => {
      tell(t.viewSaved);
      onClose();
    };
    save.mutate({ name, shared, filter }, { onSuccess });
  }
  return (
    <Dialog title={t.saveView} onClose={onClose}>
      <form className={styles.form} onSubmit={run}>
        <Field
          autoFocus
          label={t.viewName}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t.shared}
          value={shared}
          onChange={(event) => setShared(event.target.value as typeof shared)}
        >
          {SHARED.map((one) => (
            <option key={one} value={one}>
              {t[`shared_${one}`]}
            </option>
          ))}
        </SelectField>
        <ErrorLine error={save.error} />
        <p className="row">
          <span className="grow" />
          <Button submit look="primary" busy={save.isPending} disabled={name.trim() === ''}>
            {t.save}
          </Button>
        </p>
      </form>
      <ul className={styles.choices}>
        {views
          .filter(({ mine }) => mine)
          .map((view) => (
            <li key={view.id} className="row">
              <span className="grow">{view.name}</span>
              <IconButton
                icon="x"
                label={t.remove(view.name)}
                onClick={() => remove.mutate({ id: view.id }, { onSuccess: () => tell(t.viewRemoved) })}
              />
            </li>
          ))}
      </ul>
    </Dialog>
  );
}
