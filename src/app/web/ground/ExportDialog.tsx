import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import type { AuditFilter } from './AuditScreen.tsx';
import { text } from './text.ts';

type Props = { filter: AuditFilter; onClose: () => void };

/** Asks why, then makes the file in the background. */
export function ExportDialog({ filter, onClose }: Props) {
  const t = useText(text);
  const start = useCommand('audit.export');
  const [reason, setReason] = useState('');
  const [format, setFormat] = useState<'csv' | 'ndjson'>('csv');
  const done = () => {
    tell(t.jobStarted);
    onClose();
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    start.mutate({ ...filter, reason, format } as InputOf<'audit.export'>, { onSuccess: done });
  }
  return (
    <Dialog title={t.exportDo} about={t.exportAbout} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          required
          label={t.reason}
          maxLength={200}
          error={start.error?.field('reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <SelectField label={t.format} value={format} onChange={(event) => setFormat(event.target.value as 'csv')}>
          <option value="csv">{t.csv}</option>
          <option value="ndjson">{t.ndjson}</option>
        </SelectField>
        <ErrorLine error={start.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={start.isPending} disabled={reason.trim() === ''}>
            {t.exportDo}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
