import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Customer.module.css';
import type { Customer } from './CustomerFacts.tsx';
import { IdentityPart } from './IdentityPart.tsx';
import { text } from './text.ts';

const FIELDS = ['name', 'phone', 'email', 'postcode', 'address'] as const;
type Typed = Partial<Record<(typeof FIELDS)[number] | 'memo' | 'reason', string>>;

/** Changes what is known of a customer. What stands there is masked, so that only what is typed anew is changed. */
export function ChangeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useText(text);
  const change = useCommand('customers.change');
  const [typed, setTyped] = useState<Typed>({});
  const said = FIELDS.flatMap((field) => (typed[field]?.trim() ? [[field, typed[field].trim()] as const] : []));
  const memo = typed.memo === undefined || typed.memo === (customer.memo ?? '') ? {} : { memo: typed.memo || null };
  const ready = said.length > 0 || 'memo' in memo;
  function submit(event: FormEvent) {
    event.preventDefault();
    const wish = { ...Object.fromEntries(said), ...memo, ...(typed.reason ? { reason: typed.reason } : {}) };
    const saved = () => {
      tell(t.changed);
      onClose();
    };
    change.mutate({ id: customer.id, version: customer.version, ...wish }, { onSuccess: saved });
  }
  return (
    <Dialog title={t.change} about={t.changeAbout} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <IdentityPart customer={customer.id} />
        {FIELDS.map((field) => (
          <Field
            key={field}
            label={t[field]}
            placeholder={customer[field] ?? ''}
            error={change.error?.field(field)}
            value={typed[field] ?? ''}
            onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
          />
        ))}
        <Field
          label={t.memo}
          value={typed.memo ?? customer.memo ?? ''}
          onChange={(event) => setTyped({ ...typed, memo: event.target.value })}
        />
        <Field
          label={t.changeReason}
          value={typed.reason ?? ''}
          onChange={(event) => setTyped({ ...typed, reason: event.target.value })}
        />
        <ErrorLine error={change.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={change.isPending} disabled={!ready}>
            {t.saveChange}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
