import { useId, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Templates.module.css';
import { text } from './text.ts';

/** Offers what was said on a case as a template. */
export function ProposeDialog({ ticket, said, onClose }: { ticket: string; said: string; onClose: () => void }) {
  const t = useText(text);
  const areaId = useId();
  const propose = useCommand('templates.propose');
  const [title, setTitle] = useState('');
  const [body, setBody] = useState(said);
  const [reason, setReason] = useState('');
  const ready = title.trim() !== '' && body.trim() !== '';
  return (
    <Dialog title={t.propose} about={t.proposeAbout} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          propose.mutate(
            { ticket, title: title.trim(), body: body.trim(), ...(reason.trim() ? { reason: reason.trim() } : {}) },
            {
              onSuccess: () => {
                tell(t.proposed);
                onClose();
              },
            },
          );
        }}
      >
        <Field
          autoFocus
          label={t.title}
          maxLength={100}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <div>
          <label htmlFor={areaId}>{t.body}</label>
          <textarea
            id={areaId}
            className={styles.area}
            maxLength={5000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </div>
        <Field label={t.reason} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        <ErrorLine error={propose.error} />
        <Button submit look="primary" busy={propose.isPending} disabled={!ready}>
          {t.propose}
        </Button>
      </form>
    </Dialog>
  );
}
