import { type FormEvent, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { type InputOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import { ASKED_KINDS, KIND_TABLE } from '../rules/kinds.ts';
import { FIELD_TYPES, filled, type Given } from './given.ts';
import styles from './Requests.module.css';
import { text } from './text.ts';

/** Asks about goods of an order: the kind says what the question may carry, the button who gets it and until when. */
export function AskForm({ order, ticket }: { order: string; ticket: string | undefined }) {
  const t = useText(text);
  const language = useLanguage();
  const shown = useOperation('orders.get', { id: order });
  const lines = (shown.data?.lines ?? []).filter((line) => line.product !== null);
  const [kind, setKind] = useState<(typeof ASKED_KINDS)[number]>('stock');
  const [chosen, setProduct] = useState<string | null>(null);
  const [given, setGiven] = useState<Given>({});
  const product = chosen ?? lines[0]?.product ?? null;
  const terms = useOperation('requests.terms', { product: product ?? '', kind }, { enabled: product !== null });
  const ask = useCommand('requests.ask');
  const first = terms.data?.items[0];
  if (!product) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!product) return;
    const question = filled(given, KIND_TABLE[kind].question);
    const input: InputOf<'requests.ask'> = { kind, product, order, ...(ticket ? { ticket } : {}), question };
    ask.mutate(input, {
      onSuccess: () => {
        setGiven({});
        tell(t.done);
      },
    });
  }
  return (
    <form className={styles.thread} onSubmit={submit} aria-label={t.ask}>
      <SelectField bare label={t.kind} value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
        {ASKED_KINDS.map((one) => (
          <option key={one} value={one}>
            {KIND_TABLE[one].title[language]}
          </option>
        ))}
      </SelectField>
      {lines.length > 1 && (
        <SelectField bare label={t.product} value={product} onChange={(event) => setProduct(event.target.value)}>
          {lines.map((line) => (
            <option key={line.id} value={line.product ?? ''}>
              {[line.name, line.optionText].filter(Boolean).join(' ')}
            </option>
          ))}
        </SelectField>
      )}
      {KIND_TABLE[kind].question.map((field) => (
        <Field
          key={field}
          {...(FIELD_TYPES[field] ? { label: t[field] } : { bare: true, label: t[field], placeholder: t[field] })}
          type={FIELD_TYPES[field] ?? 'text'}
          required={kind === 'question'}
          value={given[field] ?? ''}
          onChange={(event) => setGiven({ ...given, [field]: event.target.value })}
        />
      ))}
      <ErrorLine error={ask.error ?? terms.error} />
      <Button submit icon="hand" busy={ask.isPending} disabled={!first}>
        {first ? t.send(first.name, moment(new Date(first.dueAt), language)) : t.ask}
      </Button>
      {first && !first.openNow && <p className="f12 t3">{t.closed}</p>}
    </form>
  );
}
