import type { QueryContext } from '#platform/context.ts';
import { type TicketShown, ticketsShown } from '#tickets/server/read.ts';

type Hanging = { ticket_id: string | null; customer_id: string };

/** The tickets that rows hang on, in one question. */
export const ticketsOf = (ctx: QueryContext, rows: readonly Hanging[]) =>
  ticketsShown(ctx, [...new Set(rows.flatMap(({ ticket_id: id }) => id ?? []))]);

/** A row's ticket and customer as lists show them. */
export function shownOf(row: Hanging, tickets: ReadonlyMap<string, TicketShown>) {
  const ticket = row.ticket_id === null ? undefined : tickets.get(row.ticket_id);
  return {
    ticket: ticket ? { id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status } : null,
    customer: { id: row.customer_id, name: ticket?.customer.name ?? '' },
  };
}
