import { Link } from '@tanstack/react-router';
import { CustomerFinder, CustomerLine } from '#customers/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { Subject } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { Chip, Empty, ErrorNote, Moment, Part, Skeleton } from '#ui/index.tsx';
import { CodeName } from './CodeName.tsx';
import { useCodes } from './codes.ts';
import { RecordForm } from './RecordForm.tsx';
import { text } from './text.ts';
import styles from './Voc.module.css';

export { ResolveStrip } from './ResolveStrip.tsx';

/** What the customer of the present work was in touch about before; and, on a ticket, the form to note this one. */
export function VocPanel({ subject }: { subject: Subject }) {
  const can = useCan();
  const { customer, ticket } = subject;
  if (!customer) return can('customers.search') ? <CustomerFinder /> : <Nothing />;
  return (
    <>
      <CustomerLine id={customer} />
      {ticket && can('voc.record') && <RecordForm key={ticket} ticket={ticket} />}
      <Records customer={customer} />
    </>
  );
}

function Nothing() {
  const t = useText(text);
  return <Empty icon="voc" title={t.none} about={t.noneAbout} />;
}

function Records({ customer }: { customer: string }) {
  const t = useText(text);
  const { byCode } = useCodes();
  const list = useOperation('voc.listRecords', { customer, limit: 30 });
  return (
    <div className={styles.panel}>
      <Part title={t.history}>
        {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={6} />}
        {list.data?.items.length === 0 && <Empty icon="voc" title={t.noneOf} />}
        <ol className={styles.list}>
          {list.data?.items.map((row) => (
            <li key={row.id}>
              <p className="row">
                <CodeName code={row.code} byCode={byCode} />
                {row.urgent && (
                  <Chip tone="danger" icon="warn">
                    {t.urgent}
                  </Chip>
                )}
                {row.repeat && <Chip>{t.repeat}</Chip>}
              </p>
              <p className="t3 f12 row">
                <Moment at={row.recordedAt} />
                {row.result && <span>{t[row.result]}</span>}
                <span className="grow" />
                <Link to={`/tickets/${row.ticket}`}>{t.openTicket}</Link>
              </p>
              {row.memo && <p className="t2 f12">{row.memo}</p>}
            </li>
          ))}
        </ol>
      </Part>
    </div>
  );
}
