import { type RawBuilder, sql } from 'kysely';
import { ofCustomer } from '#customers/server/read.ts';
import type { QueryContext } from '#platform/context.ts';
import { after, before } from '#platform/keyset-sql.ts';
import type { Input } from '#platform/operation.ts';
import type { CursorValues } from '#platform/search-sql.ts';
import type { tickets } from '../contract.ts';
import { koreanDay } from '../rules/days.ts';
import { TICKET_COLUMNS } from './ticket-row.ts';

export type ListInput = Input<typeof tickets.operations.list>;

/** Waiting longest first is the order of the view 'waiting' unless another is asked for. */
export const byWaiting = ({ view, sort }: ListInput): boolean =>
  (sort ?? (view === 'waiting' ? 'waiting' : 'updated')) === 'waiting';

export type View = NonNullable<ListInput['view']>;
type Narrowed<Q> = { where: (...condition: never[]) => Q };

const within = (column: string, table: string, where: RawBuilder<unknown>) =>
  sql<boolean>`ticket.id in (select ${sql.ref(column)} from ${sql.table(table)} where ${where})`;

/** Narrows tickets to a view of the queue. What is put off stands in its own view only. */
export function inView<Q extends Narrowed<Q>>(rows: Q, view: View, me: string, now: Date): Q {
  const where = (query: Q, ...condition: unknown[]) => query.where(...(condition as never[]));
  const mine = sql`person_id = ${me}`;
  if (view === 'all') return rows;
  if (view === 'solved') return where(rows, 'ticket.status', '=', 'solved');
  if (view === 'mentioned') return where(rows, within('ticket_id', 'ticket_mention', sql`${mine} and seen_at is null`));
  if (view === 'unsent')
    return where(
      rows,
      within('ticket_id', 'ticket_message', sql`author_id = ${me} and delivery = 'failed' and settled_at is null`),
    );
  // Written with <> so that the indexes over open tickets are used.
  const open = where(rows, 'ticket.status', '<>', 'solved');
  if (view === 'watching') return where(open, within('ticket_id', 'ticket_watcher', mine));
  if (view === 'snoozed') return where(open, 'ticket.snoozed_until', 'is not', null);
  if (view === 'due') return where(open, 'ticket.follow_up_on', '<=', koreanDay(now.getTime()));
  const awake = where(open, 'ticket.snoozed_until', 'is', null);
  if (view === 'mine') return where(awake, 'ticket.assignee', '=', me);
  if (view === 'unassigned') return where(awake, 'ticket.assignee', 'is', null);
  if (view === 'waiting') return where(awake, 'ticket.waiting_since', 'is not', null);
  return awake;
}

type Narrow = Omit<ListInput, 'limit' | 'cursor' | 'q' | 'sort'>;

/** Narrows tickets as the filters say, but for the search. */
export function narrowed<Q extends Narrowed<Q>>(rows: Q, input: Narrow, me: string, now: Date): Q {
  const where = (query: Q, ...condition: unknown[]) => query.where(...(condition as never[]));
  let out = rows;
  if (input.status) out = where(out, 'ticket.status', '=', input.status);
  if (input.priority) out = where(out, 'ticket.priority', '=', input.priority);
  if (input.channel) out = where(out, 'ticket.channel', '=', input.channel);
  if (input.mall) out = where(out, 'ticket.mall', '=', input.mall);
  if (input.assignee) out = where(out, 'ticket.assignee', '=', input.assignee);
  if (input.customer) out = where(out, ofCustomer('ticket.customer_id', input.customer));
  if (input.tag) out = where(out, sql<boolean>`ticket.tags @> ${[input.tag]}`);
  return input.view ? inView(out, input.view, me, now) : out;
}

/** Tickets within the caller's scope that pass the filters, in the list's order, after the cursor: one statement. */
export function ticketsThat(ctx: QueryContext, input: ListInput, seen: CursorValues | null) {
  const from = ctx.scoped
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .leftJoin('person', 'person.id', 'ticket.assignee')
    .select(TICKET_COLUMNS);
  let rows = narrowed(from, input, ctx.actor.id, ctx.now);
  if (byWaiting(input)) rows = rows.where('ticket.waiting_since', 'is not', null);
  if (byWaiting(input)) {
    if (seen) rows = rows.where(after(['ticket.waiting_since', 'ticket.id'], seen));
    return rows.orderBy('ticket.waiting_since').orderBy('ticket.id');
  }
  if (seen) rows = rows.where(before(['ticket.updated_at', 'ticket.id'], seen));
  return rows.orderBy('ticket.updated_at', 'desc').orderBy('ticket.id', 'desc');
}
