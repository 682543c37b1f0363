import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { after, before } from '#platform/keyset-sql.ts';
import type { Input } from '#platform/operation.ts';
import type { CursorValues } from '#platform/search-sql.ts';
import type { tickets } from '../contract.ts';
import { TICKET_COLUMNS } from './ticket-row.ts';

export type ListInput = Input<typeof tickets.operations.list>;

/** Waiting longest first is the order of the view 'waiting' unless another is asked for. */
export const byWaiting = ({ view, sort }: ListInput): boolean =>
  (sort ?? (view === 'waiting' ? 'waiting' : 'updated')) === 'waiting';

/** Tickets within the caller's scope that pass the filters, in the list's order, after the cursor: one statement. */
export function ticketsThat(ctx: QueryContext, input: ListInput, seen: CursorValues | null) {
  let rows = ctx.scoped
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .leftJoin('person', 'person.id', 'ticket.assignee')
    .select(TICKET_COLUMNS);
  if (input.status) rows = rows.where('ticket.status', '=', input.status);
  if (input.channel) rows = rows.where('ticket.channel', '=', input.channel);
  if (input.mall) rows = rows.where('ticket.mall', '=', input.mall);
  if (input.assignee) rows = rows.where('ticket.assignee', '=', input.assignee);
  if (input.customer) rows = rows.where('ticket.customer_id', '=', input.customer);
  if (input.tag) rows = rows.where(sql<boolean>`ticket.tags @> ${[input.tag]}`);
  // Written with <> so that the index over open tickets is used.
  if (input.view && input.view !== 'all' && input.view !== 'solved') rows = rows.where('ticket.status', '<>', 'solved');
  if (input.view === 'mine') rows = rows.where('ticket.assignee', '=', ctx.actor.id);
  if (input.view === 'unassigned') rows = rows.where('ticket.assignee', 'is', null);
  if (input.view === 'solved') rows = rows.where('ticket.status', '=', 'solved');
  if (byWaiting(input) || input.view === 'waiting') rows = rows.where('ticket.waiting_since', 'is not', null);
  if (byWaiting(input)) {
    if (seen) rows = rows.where(after(['ticket.waiting_since', 'ticket.id'], seen));
    return rows.orderBy('ticket.waiting_since').orderBy('ticket.id');
  }
  if (seen) rows = rows.where(before(['ticket.updated_at', 'ticket.id'], seen));
  return rows.orderBy('ticket.updated_at', 'desc').orderBy('ticket.id', 'desc');
}
