import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field } from '#ui/index.tsx';
import { text } from './text.ts';

type Props = {
  id: string;
  field: 'name' | 'phone' | 'email';
  onClose: () => void;
  onShown: (value: string | null) => void;
};

/** Asks why, shows one field, and leaves a record. */
export function RevealDialog({ id, field, onClose, onShown }: Props) {
  const t = useText(text);
  const reveal = useCommand('customers.reveal');
  const [reason, setReason] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    reveal.mutate(
      { id, field, reason },
      {
        onSuccess: ({ value }) => {
          onShown(value);
          onClose();
        },
      },
    );
  }
  return (
    <Dialog title={t.revealTitle(t[field])} about={t.revealAbout} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          required
          minLength={5}
          label={t.reason}
          hint={t.reasonHint}
          error={reveal.error?.field('reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <ErrorLine error={reveal.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={reveal.isPending} disabled={reason.trim().length < 5}>
            {t.show(t[field])}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
