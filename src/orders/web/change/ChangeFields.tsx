import { useLanguage, useText } from '#platform/language.tsx';
import { won } from '#ui/format.ts';
import { CheckField, Field, SelectField, Why } from '#ui/index.tsx';
import type { Order } from '../order-words.ts';
import styles from './Change.module.css';
import type { Terms, Typed } from './change-words.ts';
import { text } from './text.ts';

type Props = {
  order: Order;
  terms: Terms;
  typed: Typed;
  set: (more: Partial<Typed>) => void;
  remote: boolean;
  wrong: (field: string) => string | undefined;
};

/** The fields of one kind of change, each with what stands there now. */
export function ChangeFields(props: Props) {
  const t = useText(text);
  const { typed, set, terms, wrong } = props;
  switch (typed.kind) {
    case 'RECIPIENT':
      return <Recipient {...props} />;
    case 'NOTE':
      return (
        <Field
          label={t.memo}
          maxLength={300}
          error={wrong('memo')}
          value={typed.memo}
          onChange={(event) => set({ memo: event.target.value })}
        />
      );
    case 'OPTION':
    case 'QUANTITY':
      return <Goods {...props} />;
    case 'DATE':
      return (
        <Field
          label={t.on}
          hint={t.onAbout}
          type="date"
          value={typed.on}
          onChange={(event) => set({ on: event.target.value })}
        />
      );
    case 'HOLD':
      return (
        <Field
          label={t.holdReason}
          maxLength={200}
          {...(terms.held ? { hint: t.now(terms.held) } : {})}
          value={typed.hold}
          onChange={(event) => set({ hold: event.target.value })}
        />
      );
    case 'RELEASE':
      return <Why>{t.releaseAbout(terms.held ?? '')}</Why>;
  }
}

const RECIPIENT = ['name', 'phone', 'phone2', 'postcode', 'address'] as const;

function Recipient({ order, typed, set, remote, wrong }: Props) {
  const t = useText(text);
  const { receiver } = order;
  return (
    <>
      <div className={styles.people}>
        {RECIPIENT.map((field) => (
          <div key={field} className={field === 'address' ? (styles.two ?? '') : ''}>
            <Field
              label={t[field]}
              hint={t.now(receiver[field] ?? t.none)}
              error={wrong(field)}
              value={typed[field]}
              onChange={(event) => set({ [field]: event.target.value })}
            />
          </div>
        ))}
      </div>
      <p className="t3 f12">{t.keep}</p>
      {(remote || typed.waive) && (
        <CheckField
          label={t.waive}
          hint={t.waiveAbout}
          checked={typed.waive}
          onChange={(event) => set({ waive: event.target.checked })}
        />
      )}
    </>
  );
}

function Goods({ terms, typed, set, wrong }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const line = terms.lines.find((row) => row.line === typed.line);
  const change = (id: string) =>
    set({ line: id, product: '', qty: String(terms.lines.find((row) => row.line === id)?.qty ?? '') });
  const title = (option: Terms['lines'][number]['options'][number]) =>
    [
      option.optionText ?? t.none,
      won(option.priceKrw, language),
      option.free === null ? null : t.free(String(option.free)),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <div className={styles.fields}>
      <div className={styles.wide}>
        <SelectField label={t.line} value={typed.line} onChange={(event) => change(event.target.value)}>
          {terms.lines.map((row) => (
            <option key={row.line} value={row.line}>
              {[row.name, row.optionText].filter(Boolean).join(' · ')}
            </option>
          ))}
        </SelectField>
      </div>
      {typed.kind === 'QUANTITY' && (
        <Field
          label={t.qty}
          inputMode="numeric"
          hint={t.now(String(line?.qty ?? ''))}
          error={wrong('qty')}
          value={typed.qty}
          onChange={(event) => set({ qty: event.target.value })}
        />
      )}
      {typed.kind === 'OPTION' && line?.options.length === 0 && <Why>{t.noOptions}</Why>}
      {typed.kind === 'OPTION' && line && line.options.length > 0 && (
        <div className={styles.wide}>
          <SelectField
            label={t.option}
            hint={t.now(line.optionText ?? t.none)}
            value={typed.product}
            onChange={(event) => set({ product: event.target.value })}
          >
            <option value="">{t.choose}</option>
            {line.options.map((option) => (
              <option key={option.product} value={option.product}>
                {title(option)}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </div>
  );
}
