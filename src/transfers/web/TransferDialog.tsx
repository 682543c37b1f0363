import { useId, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, ErrorNote, SelectField, Skeleton, tell } from '#ui/index.tsx';
import { KINDS, type Kind } from '../rules/transfer.ts';
import styles from './Transfers.module.css';
import { text } from './text.ts';
import { type Choice, type Receivers, useTransferWords } from './transfer-words.ts';

/** To whom the case goes, with which question; the button says who gets it and until when. */
export function TransferDialog({ ticket, onClose }: { ticket: string; onClose: () => void }) {
  const t = useText(text);
  const receivers = useOperation('transfers.receivers', { ticket });
  return (
    <Dialog wide title={t.transfer} about={t.goesRound} onClose={onClose}>
      {receivers.error && <ErrorNote error={receivers.error} />}
      {receivers.isPending && <Skeleton rows={6} />}
      {receivers.data && <Form ticket={ticket} receivers={receivers.data} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ ticket, receivers, onClose }: { ticket: string; receivers: Receivers; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const words = useTransferWords();
  const send = useCommand('transfers.send');
  const areaId = useId();
  const groups = words.choices(receivers);
  const all = [...groups.teams, ...groups.departments, ...groups.partners];
  const [chosen, setChosen] = useState<Choice | undefined>(all[0]);
  const [kind, setKind] = useState<Kind>('expert');
  const [question, setQuestion] = useState('');
  const due = receivers.dues.find((one) => one.kind === kind);
  const ready = chosen !== undefined && question.trim() !== '' && !send.isPending;

  function save() {
    if (!ready) return;
    send.mutate(
      { ticket, to: chosen.to, kind, question: question.trim() },
      {
        onSuccess: () => {
          tell(t.done(chosen.name));
          onClose();
        },
      },
    );
  }
  useHotkeys([
    ...all.slice(0, 9).map((choice, index) => ({
      keys: String(index + 1),
      title: { ko: `받는 곳 ${index + 1}`, en: `Receiver ${index + 1}` },
      layer: 'dialog' as const,
      run: () => setChosen(choice),
    })),
    { keys: 'Ctrl+Enter', title: { ko: '이관하기', en: 'Transfer' }, layer: 'dialog' as const, run: save },
  ]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {(['teams', 'departments', 'partners'] as const).map(
        (group) =>
          groups[group].length > 0 && (
            <fieldset key={group} style={{ border: 0, padding: 0, margin: 0 }}>
              <legend className="f12 t2">{t[group]}</legend>
              <div className={styles.choices}>
                {groups[group].map((choice) => (
                  <button
                    key={choice.key}
                    type="button"
                    aria-pressed={choice.key === chosen?.key}
                    onClick={() => setChosen(choice)}
                  >
                    <span className="grow el">{choice.name}</span>
                    {choice.people !== null && <span className="t3 f12">{t.people(String(choice.people))}</span>}
                  </button>
                ))}
              </div>
            </fieldset>
          ),
      )}
      <SelectField label={t.kind} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {words.kindName(one)}
          </option>
        ))}
      </SelectField>
      <div>
        <label htmlFor={areaId} className="f12 t2">
          {t.question}
        </label>
        <textarea
          id={areaId}
          className={styles.area}
          placeholder={t.questionHint}
          maxLength={2000}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
      </div>
      <ErrorLine error={send.error} />
      <Button submit look="primary" icon="forward" hotkey="Ctrl+Enter" busy={send.isPending} disabled={!ready}>
        {chosen && due ? t.sendTo(chosen.name, moment(new Date(due.dueAt), language)) : t.transfer}
      </Button>
    </form>
  );
}
