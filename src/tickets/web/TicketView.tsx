import { useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { openCase } from '#platform/case-tabs.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { SlotOf } from '#platform/slot.tsx';
import { useSubjectOfPage } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { ErrorNote, Skeleton } from '#ui/index.tsx';
import { Composer } from './Composer.tsx';
import styles from './Desk.module.css';
import { ticketNotices, ticketResolve } from './parts.tsx';
import { TicketHead } from './TicketHead.tsx';
import { Timeline } from './Timeline.tsx';
import { text } from './text.ts';
import { CHANNEL_ICON, type Ticket, type TicketRow } from './ticket-words.ts';
import { type Asking, useTicketActions } from './useTicketActions.ts';

const load = () => import('./TicketDialogs.tsx').then(({ TicketDialogs: component }) => ({ default: component }));
const TicketDialogs = lazy(load);

/** One ticket: its head from the row that was pressed at once, the conversation as it comes. */
export function TicketView({ id, row }: { id: string; row: TicketRow | undefined }) {
  const t = useText(text);
  const can = useCan();
  const ticket = useOperation('tickets.get', { id });
  const shown = ticket.data ?? row;
  useSubjectOfPage('customer', shown?.customer.id, { ticket: id, order: ticket.data?.order ?? undefined });
  useCaseTab(shown);
  useRedirect(id, ticket.data?.id);
  return (
    <section className={styles.conversation} aria-label={t.conversation}>
      {ticket.data ? <Working ticket={ticket.data} /> : shown && <TicketHead ticket={shown} />}
      {ticket.error && <ErrorNote error={ticket.error} onRetry={() => void ticket.refetch()} />}
      {ticket.isPending && <Skeleton rows={6} height={56} />}
      {ticket.data && <SlotOf of={ticketNotices} props={{ ticket: ticket.data }} />}
      {ticket.data && <Timeline ticket={ticket.data} />}
      {ticket.data && can('tickets.note') && <Composer ticket={ticket.data} />}
    </section>
  );
}

/** The head with its actions, and the question that one of them asks. */
function Working({ ticket }: { ticket: Ticket }) {
  const [asking, setAsking] = useState<Asking>(null);
  const actions = useTicketActions(ticket, setAsking);
  const close = () => setAsking(null);
  const resolve = () => {
    close();
    actions.status('solved');
  };
  // Fetched once the ticket stands: a digit typed right after its key must find the question open.
  useEffect(() => void load(), []);
  return (
    <>
      <TicketHead ticket={ticket} actions={actions} onAsk={setAsking} />
      {asking === 'resolve' && <SlotOf of={ticketResolve} props={{ ticket, resolve, close }} />}
      {asking && asking !== 'resolve' && (
        <Suspense>
          <TicketDialogs asking={asking} ticket={ticket} actions={actions} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

/** An opened ticket gets its tab; a peek does not. */
function useCaseTab(shown: TicketRow | undefined) {
  const peek = useLocation({ select: ({ state }) => (state as { peek?: boolean }).peek === true });
  const { id, mall, channel, customer } = shown ?? {};
  useEffect(() => {
    if (peek || !id || !mall || !channel || !customer) return;
    openCase({ id, path: `/tickets/${id}`, icon: CHANNEL_ICON[channel], mall, name: customer.name });
  }, [peek, id, mall, channel, customer]);
}

/** The number of a merged ticket leads to the one that it went into. */
function useRedirect(asked: string, shown: string | undefined) {
  const navigate = useNavigate();
  useEffect(() => {
    if (shown === undefined || shown === asked) return;
    void navigate({ to: `/tickets/${shown}`, search: ((before: object) => before) as never, replace: true });
  }, [asked, shown, navigate]);
}
