import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import { text } from './text.ts';

export type Marking = { item: InputOf<'launches.mark'>['item'] | 'opening'; done: boolean };
type Props = { mall: string; marking: Marking; onClose: () => void };

/** Somebody's word for an item or for the opening; taking it back needs a reason. */
export function MarkDialog({ mall, marking: { item, done }, onClose }: Props) {
  const t = useText(text);
  const mark = useCommand('launches.mark');
  const open = useCommand('launches.setOpening');
  const [note, setNote] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const onSuccess = () => {
      tell(t.kept);
      onClose();
    };
    const given = note.trim() || null;
    if (item === 'opening') open.mutate({ mall, open: done, note: given }, { onSuccess });
    else mark.mutate({ mall, item, done, note: given }, { onSuccess });
  }
  const action = done ? t.tick : t.takeBack;
  return (
    <Dialog title={`${t[`item_${item}`]}: ${action}`} about={done ? t.tickAbout : t.takeBackAbout} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          maxLength={500}
          required={!done}
          label={done ? t.note : t.reason}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <ErrorLine error={mark.error ?? open.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={mark.isPending || open.isPending} disabled={!done && note.trim() === ''}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
