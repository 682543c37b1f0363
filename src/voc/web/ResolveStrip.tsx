import { type FormEvent, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type InputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, CheckField, Dialog, ErrorLine, Field, Kbd, SelectField, tell } from '#ui/index.tsx';
import { RESULTS } from '../rules/results.ts';
import { CodePicker } from './CodePicker.tsx';
import { useCodeName, useCodes } from './codes.ts';
import { text } from './text.ts';
import styles from './Voc.module.css';

type Props = { ticket: { id: string; mall: string }; resolve: () => void; close: () => void };
type Result = InputOf<'voc.record'>['result'];
const KEYS = ['1', '2', '3', '4', '5'] as const;

/**
 * The end of a contact (R14): the codes used last on 1–5, Enter notes the chosen one and resolves. Without a code it only
 * resolves, where the mall asks for none or one was noted already.
 */
export function ResolveStrip({ ticket, resolve, close }: Props) {
  const t = useText(text);
  const can = useCan();
  const { items, byCode } = useCodes();
  const codeName = useCodeName(byCode);
  const recent = useOperation('voc.recent', { limit: KEYS.length }, { enabled: can('voc.recent') }).data?.items ?? [];
  const noted = useOperation('voc.listRecords', { ticket: ticket.id, limit: 1 }, { staleMs: 0 });
  const required = useOperation('voc.requirements', {}).data?.items.some(
    (row) => row.mall === ticket.mall && row.required,
  );
  const record = useCommand('voc.record');
  const [code, setCode] = useState<string | undefined>();
  const [result, setResult] = useState('');
  const [urgent, setUrgent] = useState(false);
  const [memo, setMemo] = useState('');
  const mustRecord = required === true && noted.data?.items.length === 0;
  useHotkeys(
    KEYS.flatMap((keys, i) => {
      const one = recent[i];
      return one
        ? [
            {
              keys,
              title: { ko: `상담유형 ${keys}`, en: `Code ${keys}` },
              layer: 'dialog' as const,
              run: () => setCode(one),
            },
          ]
        : [];
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!code) return mustRecord ? undefined : resolve();
    const more = { ...(result ? { result: result as Result } : {}), ...(memo.trim() ? { memo } : {}) };
    record.mutate(
      { ticket: ticket.id, code, ...more, ...(urgent ? { urgent } : {}) },
      {
        onSuccess: ({ repeat }) => {
          if (repeat) tell(t.savedRepeat);
          resolve();
        },
      },
    );
  }
  return (
    <Dialog title={t.resolveTitle} about={mustRecord ? t.resolveMust : t.resolveMay} onClose={close}>
      <form onSubmit={submit} className={styles.strip}>
        <div role="radiogroup" aria-label={t.recent} className={styles.recent}>
          {recent.map((one, i) => (
            <button key={one} type="button" role="radio" aria-checked={code === one} onClick={() => setCode(one)}>
              <Kbd keys={KEYS[i] ?? ''} />
              <span className="grow el">
                <span className="t3">{codeName(one).parent}</span> {codeName(one).name}
              </span>
            </button>
          ))}
        </div>
        <CodePicker codes={items} byCode={byCode} value={code} onPick={setCode} />
        <div className="row">
          <SelectField bare label={t.result} value={result} onChange={(event) => setResult(event.target.value)}>
            <option value="">{t.noResult}</option>
            {RESULTS.map((one) => (
              <option key={one} value={one}>
                {t[one]}
              </option>
            ))}
          </SelectField>
          <CheckField label={t.urgent} checked={urgent} onChange={(event) => setUrgent(event.target.checked)} />
        </div>
        <Field
          bare
          label={t.memoHint}
          placeholder={t.memoHint}
          value={memo}
          onChange={(event) => setMemo(event.target.value)}
        />
        <ErrorLine error={record.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button look="primary" submit autoFocus busy={record.isPending} disabled={!code && mustRecord}>
            {code ? t.resolveWith(codeName(code).name) : t.resolveOnly}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
