import { useState } from 'react';
import { useText } from '#platform/language.tsx';
import { Button, Dialog, ErrorLine, Field } from '#ui/index.tsx';
import styles from './Followups.module.css';
import { text } from './text.ts';

type Props = {
  title: string;
  act: string;
  busy: boolean;
  error: Error | null;
  onSave: (reason: string) => void;
  onClose: () => void;
};

/** Why something is withdrawn or given up: without it nothing is. */
export function ReasonDialog({ title, act, busy, error, onSave, onClose }: Props) {
  const t = useText(text);
  const [reason, setReason] = useState('');
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim()) onSave(reason.trim());
        }}
      >
        <Field
          autoFocus
          label={t.reason}
          placeholder={t.reasonHint}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <ErrorLine error={error} />
        <Button submit busy={busy} disabled={!reason.trim()}>
          {act}
        </Button>
      </form>
    </Dialog>
  );
}
