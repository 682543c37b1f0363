import { useState } from 'react';
import { MallTagOf } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { OutputOf } from '#platform/web.ts';
import { count } from '#ui/format.ts';
import { Button, Facts, Won } from '#ui/index.tsx';
import { RevealDialog } from './RevealDialog.tsx';
import { text } from './text.ts';

export type Customer = OutputOf<'customers.get'>;
type Field = 'name' | 'phone' | 'email';

/** What is known of a customer; personal data masked, shown field by field with a reason. */
export function CustomerFacts({ customer }: { customer: Customer }) {
  const t = useText(text);
  const can = useCan();
  const [asked, setAsked] = useState<Field | null>(null);
  const [plain, setPlain] = useState<Partial<Record<Field, string | null>>>({});
  const value = (field: Field) => (
    <span className="row">
      <span>{plain[field] ?? customer[field] ?? '–'}</span>
      {can('customers.reveal') && customer[field] && plain[field] === undefined && (
        <Button small look="quiet" icon="eye" onClick={() => setAsked(field)} aria-label={t.revealTitle(t[field])}>
          {t.reveal}
        </Button>
      )}
    </span>
  );
  return (
    <>
      <Facts
        rows={[
          [t.name, value('name')],
          [t.phone, value('phone')],
          [t.email, value('email')],
          ...(customer.address
            ? [[t.address, [customer.postcode, customer.address].filter(Boolean).join(' ')] as const]
            : []),
          [t.grade, customer.ageBand ? `${t[customer.grade]} · ${customer.ageBand}` : t[customer.grade]],
          [
            t.malls,
            <span key="malls" className="row" style={{ gap: 4 }}>
              {customer.malls.map((mall) => (
                <MallTagOf key={mall} mall={mall} />
              ))}
            </span>,
          ],
          [t.points, <Won key="points" krw={customer.points} unit />],
          [t.history, <Counts key="counts" customer={customer} />],
          ...(customer.memo ? [[t.memo, customer.memo] as const] : []),
        ]}
      />
      {asked && (
        <RevealDialog
          id={customer.id}
          field={asked}
          onClose={() => setAsked(null)}
          onShown={(shown) => setPlain({ ...plain, [asked]: shown })}
        />
      )}
    </>
  );
}

export function Counts({ customer }: { customer: Customer }) {
  const t = useText(text);
  const { orders, tickets, openTickets, calls } = customer.counts;
  const parts = [t.orders(count(orders)), t.tickets(count(tickets)), t.calls(count(calls))];
  if (openTickets > 0) parts.splice(2, 0, t.open(count(openTickets)));
  return <span className="nw">{parts.join(' · ')}</span>;
}
