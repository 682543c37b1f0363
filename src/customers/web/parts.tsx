import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type Subject, setSubject } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { count } from '#ui/format.ts';
import { Empty, ErrorNote, Icon, SearchField, Skeleton } from '#ui/index.tsx';
import { ConductChip, ConductPart } from './ConductPart.tsx';
import { Consents } from './Consents.tsx';
import styles from './Customer.module.css';
import { CustomerActions, MergedPart } from './CustomerActions.tsx';
import { CustomerFacts } from './CustomerFacts.tsx';
import { CustomerTimeline } from './CustomerTimeline.tsx';
import { IdentityPart } from './IdentityPart.tsx';
import { text } from './text.ts';
import { Ways } from './Ways.tsx';

/** The first line of every panel: who it is about. */
export function CustomerLine({ id }: { id: string }) {
  const t = useText(text);
  const can = useCan();
  const customer = useOperation('customers.get', { id }, { enabled: can('customers.get') });
  const who = customer.data;
  return (
    <div className={styles.who}>
      <b className="f15">{who?.name ?? ' '}</b>
      <span className="med">{who?.phone}</span>
      {who && <ConductChip level={who.conduct} />}
      <span className="grow" />
      {who && (
        <Link to={`/customers/${id}`} className="f12 t2" title={t.openPage}>
          {t[who.grade]} · {t.orders(count(who.counts.orders))} · {t.tickets(count(who.counts.tickets))}
        </Link>
      )}
    </div>
  );
}

/** The customer of the present work: facts and history. Without one, a search. */
export function CustomerPanel({ subject }: { subject: Subject }) {
  if (!subject.customer) return <CustomerFinder />;
  return <CustomerOf id={subject.customer} ticket={subject.ticket} />;
}

function CustomerOf({ id, ticket }: { id: string; ticket: string | undefined }) {
  const customer = useOperation('customers.get', { id });
  return (
    <>
      <CustomerLine id={id} />
      <div className={styles.body}>
        {customer.error && <ErrorNote error={customer.error} onRetry={() => void customer.refetch()} />}
        {customer.isPending && <Skeleton rows={8} height={26} />}
        {customer.data && (
          <>
            <CustomerFacts customer={customer.data} />
            <CustomerActions customer={customer.data} />
            <Ways customer={customer.data} />
            <Consents customer={customer.data} />
            <ConductPart customer={customer.data.id} ticket={ticket} />
            <MergedPart customer={customer.data} />
            <CustomerTimeline id={customer.data.id} />
          </>
        )}
      </div>
    </>
  );
}

/** Finds the customer whom the panels shall be about. */
export function CustomerFinder() {
  const t = useText(text);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useOperation('customers.search', { q, limit: 20 }, { enabled: q.length > 0, keep: true });
  const items = q ? (found.data?.items ?? []) : [];
  return (
    <>
      <div className={styles.find}>
        <SearchField label={t.search} value={typed} onChange={setTyped} />
      </div>
      {found.error && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      <ul className={styles.hits}>
        {items.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => setSubject({ customer: row.id })}>
              <Icon name="user" small />
              <b className="med">{row.name}</b>
              <span className="t2 grow el">{row.phone ?? row.email}</span>
              <span className="t3 f12">{t[row.grade]}</span>
            </button>
          </li>
        ))}
      </ul>
      {q && found.isSuccess && items.length === 0 && <Empty icon="search" title={t.noHit} about={t.noHitAbout} />}
    </>
  );
}

/** Whether the caller has checked who speaks of this customer; while not, it asks for it. Null: nobody to ask. */
export function Identity({ customer }: { customer: string | null }) {
  const can = useCan();
  return customer && can('customers.identity') ? <IdentityPart customer={customer} /> : null;
}

/** Whether a check of this customer holds for the caller now. */
export function useIdentified(customer: string | null): boolean {
  const can = useCan();
  const enabled = customer !== null && can('customers.identity');
  const state = useOperation('customers.identity', { customer: customer ?? '' }, { staleMs: 0, enabled });
  return !enabled || Boolean(state.data?.held);
}
