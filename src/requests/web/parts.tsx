import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { Subject } from '#platform/subject.ts';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, Field, Part, SelectField, tell } from '#ui/index.tsx';
import { ASKED_KINDS, KIND_TABLE } from '../rules/kinds.ts';
import styles from './Requests.module.css';
import { useRequestWords } from './request-words.ts';
import { text } from './text.ts';

/** What partners and MDs were asked about an order, their answers, and the form to ask: below the order's panel. */
export function RequestsPart({ subject }: { subject: Subject }) {
  const can = useCan();
  if (!subject.order || !can('requests.list')) return null;
  return <OfOrder order={subject.order} ticket={subject.ticket} />;
}

function OfOrder({ order, ticket }: { order: string; ticket: string | undefined }) {
  const t = useText(text);
  const can = useCan();
  const language = useLanguage();
  const say = useRequestWords();
  const list = useOperation('requests.list', { order, limit: 10 });
  const rows = list.data?.items ?? [];
  return (
    <div className={styles.part}>
      <Part title={t.title}>
        {list.isSuccess && rows.length === 0 && <p className="t3 f12">{t.none2}</p>}
        <ol className={styles.thread}>
          {rows.map((row) => (
            <li key={row.id}>
              <p className={styles.line}>
                <Link to={`/requests/${row.id}`} className="med">
                  {say.kind(row)}
                </Link>
                <span className="t2 el">{row.addressee.name}</span>
                <span className="grow" />
                <Chip tone={row.overdue ? 'danger' : row.state === 'open' ? 'accent' : 'mute'}>
                  {row.overdue ? t.late : t[`state_${row.state}`]}
                </Chip>
              </p>
              <p className="f12 t2">
                {row.answer
                  ? say.answer(row, row.answer)
                  : `${row.question.note ?? row.product.name} · ${t.due} ${moment(new Date(row.dueAt), language)}`}
              </p>
            </li>
          ))}
        </ol>
        {can('requests.ask') && <AskForm order={order} ticket={ticket} />}
      </Part>
    </div>
  );
}

function AskForm({ order, ticket }: { order: string; ticket: string | undefined }) {
  const t = useText(text);
  const language = useLanguage();
  const shown = useOperation('orders.get', { id: order });
  const lines = (shown.data?.lines ?? []).filter((line) => line.product !== null);
  const [kind, setKind] = useState<(typeof ASKED_KINDS)[number]>('stock');
  const [chosen, setProduct] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const product = chosen ?? lines[0]?.product ?? null;
  const terms = useOperation('requests.terms', { product: product ?? '', kind }, { enabled: product !== null });
  const ask = useCommand('requests.ask');
  const first = terms.data?.items[0];
  if (!product) return null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!product) return;
    const question = note.trim() ? { question: { note } } : {};
    const input = { kind, product, order, ...(ticket ? { ticket } : {}), ...question };
    ask.mutate(input, {
      onSuccess: () => {
        setNote('');
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
      <Field bare label={t.note} placeholder={t.note} value={note} onChange={(event) => setNote(event.target.value)} />
      <ErrorLine error={ask.error ?? terms.error} />
      <Button submit icon="hand" busy={ask.isPending} disabled={!first}>
        {first ? t.send(first.name, moment(new Date(first.dueAt), language)) : t.ask}
      </Button>
      {first && !first.openNow && <p className="f12 t3">{t.closed}</p>}
    </form>
  );
}
