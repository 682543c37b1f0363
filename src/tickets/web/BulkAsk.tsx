import { type FormEvent, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { type InputOf, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, Field } from '#ui/index.tsx';
import type { BulkKind } from './BulkBar.tsx';
import { ChoiceDialog } from './ChoiceDialog.tsx';
import { queueText } from './queue-text.ts';
import { text } from './text.ts';
import { PRIORITIES, STATUSES, useStatusName } from './ticket-words.ts';

type Wish = InputOf<'tickets.bulkChange'>['change'];
type Props = { kind: BulkKind; about: string; onChange: (wish: Wish) => void; onClose: () => void };

/** To what the selected tickets shall be changed; the title says how many. */
export function BulkAsk({ kind, about, onChange, onClose }: Props) {
  const t = useText(text);
  const q = useText(queueText);
  const language = useLanguage();
  const statusName = useStatusName();
  const later = useOperation('tickets.laterTimes', {}, { staleMs: 60_000, enabled: kind === 'snooze' });
  const common = { chosen: null, onClose };
  if (kind === 'status')
    return (
      <ChoiceDialog
        {...common}
        title={q.run(t.status, about)}
        choices={STATUSES.map((value) => ({ value, name: statusName(value) }))}
        onChoose={(status) => onChange({ status })}
      />
    );
  if (kind === 'priority')
    return (
      <ChoiceDialog
        {...common}
        title={q.run(t.priority, about)}
        choices={PRIORITIES.map((value) => ({ value, name: t[`p_${value}`] }))}
        onChoose={(priority) => onChange({ priority })}
      />
    );
  if (kind === 'snooze')
    return (
      <ChoiceDialog
        {...common}
        title={q.run(t.snooze, about)}
        choices={(later.data?.items ?? []).map(({ name, at }) => ({
          ...{ value: at, name: t[`later_${name}`], about: moment(new Date(at), language) },
        }))}
        onChoose={(snoozeUntil) => onChange({ snoozeUntil })}
      />
    );
  if (kind === 'assign') return <People title={q.run(t.assign, about)} onChange={onChange} onClose={onClose} />;
  return <TagOne title={q.run(t.tags, about)} onChange={onChange} onClose={onClose} />;
}

type PartProps = { title: string; onChange: (wish: Wish) => void; onClose: () => void };

function People({ title, onChange, onClose }: PartProps) {
  const t = useText(text);
  const people = useOperation('tickets.colleagues', { limit: 9 });
  const choices = (people.data?.items ?? []).map(({ id, name, state, open }) => ({
    ...{ value: id, name, about: `${state === 'ready' ? t.ready : t.away} · ${t.openNow(String(open))}` },
  }));
  return (
    <ChoiceDialog
      title={title}
      choices={choices}
      chosen={null}
      onChoose={(assignee) => onChange({ assignee })}
      onClose={onClose}
    />
  );
}

function TagOne({ title, onChange, onClose }: PartProps) {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  function add(event: FormEvent) {
    event.preventDefault();
    onChange({ addTags: [typed.trim()] });
    onClose();
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="row" onSubmit={add}>
        <span className="grow">
          <Field
            bare
            autoFocus
            label={t.tagNew}
            placeholder={t.tagNew}
            maxLength={40}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
        <Button submit look="primary" disabled={typed.trim() === ''}>
          {t.add}
        </Button>
      </form>
    </Dialog>
  );
}
