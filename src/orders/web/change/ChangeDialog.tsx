import { type FormEvent, useState } from 'react';
import { Identity, useIdentified } from '#customers/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, Field, SelectField, Tabs, tell } from '#ui/index.tsx';
import type { Order } from '../order-words.ts';
import styles from './Change.module.css';
import { ChangeFields } from './ChangeFields.tsx';
import { differences, type Terms, type Typed, type Wish, wishOf } from './change-words.ts';
import { text } from './text.ts';
import { useSettled } from './useSettled.ts';

const KINDS = ['RECIPIENT', 'NOTE', 'OPTION', 'QUANTITY', 'DATE', 'HOLD'] as const;
type Props = { order: Order; terms: Terms; onClose: () => void };

/** What may be changed of an order before it leaves: what it would do is shown before it is done, by the same rule. */
export function ChangeDialog({ order, terms, onClose }: Props) {
  const t = useText(text);
  const [typed, setTyped] = useState<Typed>(() => begin(order, terms));
  const [wisher, setWisher] = useState<'customer' | 'company'>('customer');
  const [reason, setReason] = useState('');
  const change = useCommand('orders.change');
  const wish = wishOf(typed);
  const asksWho = typed.kind === 'RECIPIENT' && wisher === 'customer';
  const identified = useIdentified(order.customer.id) || !asksWho;
  const seen = useSettled(wish, 300);
  const preview = useOperation(
    'orders.previewChange',
    { order: order.id, wish: seen ?? { kind: 'RELEASE' } },
    { enabled: seen !== null, staleMs: 0, keep: true },
  );
  const refusal = seen && preview.error?.code !== 'nothing_changes' ? preview.error : null;
  const ready = seen !== null && JSON.stringify(seen) === JSON.stringify(wish) && !preview.isFetching;
  const shown = ready && !preview.error ? preview.data : undefined;
  const who = (shown?.needs ?? []).map(({ name }) => name).join(', ');
  const kinds = terms.held === null ? KINDS : [...KINDS, 'RELEASE' as const];
  const set = (more: Partial<Typed>) => {
    change.reset();
    setTyped({ ...typed, ...more });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!wish || !ready || refusal || !identified || change.isPending) return;
    const more = reason.trim() ? { reason: reason.trim() } : {};
    const done = ({ state }: { state: string }) => {
      tell(state === 'DONE' ? t.done : t.asked);
      onClose();
    };
    change.mutate({ order: order.id, version: order.version, wish, wisher, ...more }, { onSuccess: done });
  }
  return (
    <Dialog
      wide
      title={`${t.change} ${order.mallOrderNo}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.close}</Button>
          <Button
            look="primary"
            submit
            form="change-form"
            busy={change.isPending}
            disabled={!ready || refusal !== null || !identified}
          >
            {who ? t.ask(who) : nameOf(typed.kind, t)}
          </Button>
        </>
      }
    >
      <form id="change-form" className={styles.form} onSubmit={submit}>
        <Tabs
          label={t.whatChanges}
          controls="change-fields"
          value={typed.kind}
          items={kinds.map((value) => ({ value, name: t[value] }))}
          onChange={(kind) => set({ kind })}
        />
        {asksWho && <Identity customer={order.customer.id} />}
        <div id="change-fields" role="tabpanel" aria-label={t[typed.kind]} className={styles.panel}>
          <ChangeFields
            {...{ order, terms, typed, set }}
            remote={refusal?.code === 'remote_fee_due'}
            wrong={(field) => change.error?.field(`wish.${field}`)}
          />
        </div>
        <Effect shown={shown} refusal={refusal} terms={terms} who={who} />
        <div className={styles.fields}>
          <SelectField
            label={t.wisher}
            value={wisher}
            onChange={(event) => setWisher(event.target.value as typeof wisher)}
          >
            <option value="customer">{t.customer}</option>
            <option value="company">{t.company}</option>
          </SelectField>
          <Field label={t.reason} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
        {change.error && change.error.code !== refusal?.code && <ErrorLine error={change.error} />}
      </form>
    </Dialog>
  );
}

type T = (typeof text)['ko'];
const nameOf = (kind: Wish['kind'], t: T): string =>
  kind === 'HOLD' ? t.doHOLD : kind === 'RELEASE' ? t.doRELEASE : t.doIt(t[kind]);

function begin(order: Order, terms: Terms): Typed {
  const first = terms.lines[0];
  return {
    ...{ kind: 'RECIPIENT', waive: false, name: '', phone: '', phone2: '', postcode: '', address: '' },
    ...{ memo: order.receiver.memo ?? '', line: first?.line ?? '', product: '', qty: String(first?.qty ?? '') },
    ...{ on: terms.desiredOn ?? '', hold: '' },
  };
}

type Preview = ReturnType<typeof useOperation<'orders.previewChange'>>;
type EffectProps = { shown: Preview['data']; refusal: Preview['error']; terms: Terms; who: string };

/** Until when, what becomes of what, what it costs, whose yes it takes; or why it cannot be, and what can. */
function Effect({ shown, refusal, terms, who }: EffectProps) {
  const t = useText(text);
  const language = useLanguage();
  const deadlineAt = shown ? shown.deadlineAt : terms.deadlineAt;
  const late = shown ? shown.late : terms.late;
  const when = deadlineAt && moment(new Date(deadlineAt), language);
  const rows = shown ? differences(shown.before, shown.after, t) : [];
  if (refusal)
    return (
      <div className={styles.effect} style={{ display: 'block' }}>
        <ErrorLine error={refusal} />
      </div>
    );
  return (
    <dl className={styles.effect} aria-live="polite">
      <dt>{t.untilName}</dt>
      <dd className={late ? 'warn' : ''}>
        {when ? (late && new Date(deadlineAt) < new Date() ? t.passed(when) : when) : t.noDeadline}
        {late && ` · ${t.begun}`}
      </dd>
      {rows.map((row) => (
        <Row key={row.name} name={row.name}>
          <span className="t2">{row.before}</span> → <b className="med">{row.after}</b>
        </Row>
      ))}
      {shown && <Row name={t.money}>{t.noMoney}</Row>}
      {shown && <Row name={t.yes}>{who ? t.asks(who) : t.nobody}</Row>}
    </dl>
  );
}

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
