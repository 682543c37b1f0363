import { Link } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { Subject } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, Part } from '#ui/index.tsx';
import { AskForm } from './AskForm.tsx';
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
