import { useEffect, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Followups.module.css';
import { text } from './text.ts';

const OUTCOMES = ['reached', 'no_answer', 'busy', 'phone_off', 'wrong_number'] as const;
type Outcome = (typeof OUTCOMES)[number];
type Props = { callBack?: string; promise?: string; who: string; about: string; onClose: () => void };

/** The call itself: the number of a call-back, and what became of it by one digit. */
export function CallDialog({ callBack, promise, who, about, onClose }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const { mutate: show, data: number } = useCommand('followups.showPhone');
  const record = useCommand('followups.recordCall');
  const [note, setNote] = useState('');
  useEffect(() => {
    if (callBack) show({ id: callBack });
  }, [show, callBack]);

  function save(outcome: Outcome) {
    if (record.isPending) return;
    const of = callBack ? { callBack } : { promise };
    record.mutate(
      { ...of, outcome, ...(note.trim() ? { note: note.trim() } : {}) },
      {
        onSuccess: ({ missed, nextAt }) => {
          if (outcome === 'reached') tell(t.reachedDone);
          else if (nextAt) tell(t.nextCall(String(missed), moment(new Date(nextAt), language)));
          else tell(callBack ? t.wrongDone : t.promiseStays);
          onClose();
        },
      },
    );
  }
  useHotkeys(
    OUTCOMES.map((outcome, index) => ({
      keys: String(index + 1),
      title: { ko: text.ko[outcome], en: text.en[outcome] },
      layer: 'dialog' as const,
      run: () => save(outcome),
    })),
  );
  return (
    <Dialog title={`${t.result} · ${who}`} about={about} onClose={onClose}>
      <div className={styles.form}>
        {callBack && (
          <p className="f15 semi" aria-live="polite">
            {number?.phone ?? ' '}
          </p>
        )}
        <div className={styles.choices}>
          {OUTCOMES.map((outcome, index) => (
            <Button
              key={outcome}
              look={outcome === 'reached' ? 'primary' : 'plain'}
              hotkey={String(index + 1)}
              busy={record.isPending}
              onClick={() => save(outcome)}
            >
              {t[outcome]}
            </Button>
          ))}
        </div>
        <Field label={t.resultNote} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />
        <ErrorLine error={record.error} />
      </div>
    </Dialog>
  );
}
