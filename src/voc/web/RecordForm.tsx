import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import { RESULTS } from '../rules/results.ts';
import { CodePicker } from './CodePicker.tsx';
import { useCodeName, useCodes } from './codes.ts';
import { text } from './text.ts';
import styles from './Voc.module.css';

type Result = InputOf<'voc.record'>['result'];

/** Notes what the ticket at hand was about and what was done. */
export function RecordForm({ ticket }: { ticket: string }) {
  const t = useText(text);
  const { items, byCode } = useCodes();
  const codeName = useCodeName(byCode);
  const record = useCommand('voc.record');
  const [code, setCode] = useState<string | undefined>();
  const [result, setResult] = useState('');
  const [memo, setMemo] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!code) return;
    const input = { ticket, code, ...(result ? { result: result as Result } : {}), ...(memo.trim() ? { memo } : {}) };
    record.mutate(input, {
      onSuccess: ({ repeat }) => {
        tell(repeat ? t.savedRepeat : t.saved);
        setCode(undefined);
        setResult('');
        setMemo('');
      },
    });
  }

  return (
    <form className={styles.form} onSubmit={submit} aria-label={t.record}>
      <CodePicker codes={items} byCode={byCode} value={code} onPick={setCode} />
      <SelectField bare label={t.result} value={result} onChange={(event) => setResult(event.target.value)}>
        <option value="">{t.noResult}</option>
        {RESULTS.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </SelectField>
      <Field
        bare
        label={t.memoHint}
        placeholder={t.memoHint}
        maxLength={2000}
        value={memo}
        onChange={(event) => setMemo(event.target.value)}
      />
      <ErrorLine error={record.error} />
      <Button look="primary" submit icon="check" busy={record.isPending} disabled={!code}>
        {code ? t.save(codeName(code).name) : t.record}
      </Button>
    </form>
  );
}
