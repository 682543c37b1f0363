import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import { CONDUCT_KINDS, type ConductKind, nextStep } from '../rules/conduct.ts';
import type { Conduct } from './ConductPart.tsx';
import styles from './Customer.module.css';
import { conductText } from './conduct-text.ts';

type Props = {
  customer: string;
  ticket: string | undefined;
  conduct: Conduct;
  what: 'step' | 'stop' | 'block';
  onClose: () => void;
};

/** Records what was said and what was told; says the words to read aloud, and that stopping needs nobody's yes. */
export function ConductDialog({ customer, ticket, conduct, what, onClose }: Props) {
  const t = useText(conductText);
  const [kind, setKind] = useState<ConductKind>('abuse');
  const [said, setSaid] = useState('');
  const step = useCommand('customers.tellStep');
  const stop = useCommand('customers.stopContact');
  const block = useCommand('customers.askBlock');
  const next = nextStep(conduct.level, kind);
  const done = (words: string) => () => {
    tell(words);
    onClose();
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    const about = { id: customer, kind, said, ...(ticket ? { ticket } : {}) };
    if (what === 'step') step.mutate({ ...about, step: next }, { onSuccess: done(t.told(t[`step_${next}`])) });
    else if (what === 'stop') stop.mutate(about, { onSuccess: done(t.stopped) });
    else block.mutate({ id: customer, reason: said }, { onSuccess: done(t.blockAsked) });
  }
  const names = { step: t.tellStep, stop: t.stop, block: t.askBlock };
  const actions = { step: t.recordStep(t[`step_${next}`]), stop: t.recordStop, block: t.askBlock };
  return (
    <Dialog title={names[what]} about={what === 'stop' ? t.stopAbout : t.about} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        {what !== 'block' && (
          <>
            <SelectField label={t.kind} value={kind} onChange={(event) => setKind(event.target.value as ConductKind)}>
              {CONDUCT_KINDS.map((one) => (
                <option key={one} value={one}>
                  {t[`kind_${one}`]}
                </option>
              ))}
            </SelectField>
            <figure className={styles.aloud}>
              <figcaption className="t3 f12">{t.readAloud}</figcaption>
              <blockquote>{what === 'stop' ? t.say_stop : t[`say_${next}`]}</blockquote>
            </figure>
          </>
        )}
        <Field
          autoFocus
          required
          minLength={5}
          label={what === 'block' ? t.blockReason : t.said}
          hint={t.saidHint}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
        <ErrorLine error={step.error ?? stop.error ?? block.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button
            look="primary"
            submit
            busy={step.isPending || stop.isPending || block.isPending}
            disabled={said.trim().length < 5}
          >
            {actions[what]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
