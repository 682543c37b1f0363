import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment, shortDay } from '#ui/format.ts';
import { Button, ErrorLine, Part, tell } from '#ui/index.tsx';
import { ChangeDialog } from './ChangeDialog.tsx';
import styles from './Customer.module.css';
import type { Customer } from './CustomerFacts.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { text } from './text.ts';

/** What can be done to a customer's record: change it, merge another one into it. */
export function CustomerActions({ customer }: { customer: Customer }) {
  const t = useText(text);
  const can = useCan();
  const [open, setOpen] = useState<'change' | 'merge' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="row">
      {can('customers.change') && (
        <Button small icon="pen" onClick={() => setOpen('change')}>
          {t.change}
        </Button>
      )}
      {can('customers.merge') && (
        <Button small icon="link" onClick={() => setOpen('merge')}>
          {t.merge}
        </Button>
      )}
      {open === 'change' && <ChangeDialog customer={customer} onClose={close} />}
      {open === 'merge' && <MergeDialog into={customer.id} onClose={close} />}
    </div>
  );
}

/** Customers that were merged into this one, each to be taken apart again. */
export function MergedPart({ customer }: { customer: Customer }) {
  const t = useText(text);
  const can = useCan();
  const unmerge = useCommand('customers.unmerge');
  if (customer.merged.length === 0) return null;
  return (
    <Part title={t.mergedTitle} about={t.mergedAbout}>
      <ul className={styles.ways}>
        {customer.merged.map(({ merge, name, at, by }) => (
          <li key={merge}>
            <b className="med">{name}</b>
            <span className="grow t3">
              {shortDay(new Date(at))} · {by}
            </span>
            {can('customers.unmerge') && (
              <Button
                small
                look="quiet"
                busy={unmerge.isPending}
                onClick={() => unmerge.mutate({ merge }, { onSuccess: () => tell(t.unmerged) })}
              >
                {t.unmerge}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ErrorLine error={unmerge.error} />
    </Part>
  );
}

/** What was changed, from what to what, by whom and why; masked. */
export function ChangesPart({ id }: { id: string }) {
  const t = useText(text);
  const language = useLanguage();
  const list = useOperation('customers.changes', { id });
  if (!list.data || list.data.items.length === 0) return null;
  return (
    <Part title={t.changesTitle}>
      <ul className={styles.changes}>
        {list.data.items.map((change) => (
          <li key={change.id}>
            <span className="t3 f12">
              {moment(new Date(change.at), language)} · {change.by}
              {change.reason && ` · ${change.reason}`}
            </span>
            {(['name', 'phone', 'email', 'postcode', 'address', 'memo'] as const)
              .filter((field) => field in change.after)
              .map((field) => (
                <span key={field}>
                  {t[field]}: <span className="t3">{change.before[field] ?? '–'}</span> → {change.after[field] ?? '–'}
                </span>
              ))}
          </li>
        ))}
      </ul>
    </Part>
  );
}
