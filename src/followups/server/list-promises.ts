import { sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after, before } from '#platform/keyset-sql.ts';
import type { Input, Output } from '#platform/operation.ts';
import type { TicketShown } from '#tickets/server/read.ts';
import { followups } from '../contract.ts';
import type { LockedPromise } from './promise-store.ts';
import { shownOf, ticketsOf } from './shown.ts';

type Asked = Input<typeof followups.operations.listPromises>;
type Row = Output<typeof followups.operations.listPromises>['items'][number];

/** Open ones are read by their due time, settled ones by when they were settled. */
const isSettled = ({ view, state }: Asked) => view === 'settled' || (state !== undefined && state !== 'open');

export const listPromises = handle(followups.operations.listPromises, async (ctx, input) => {
  const rows = await promisesThat(ctx, input)
    .limit(input.limit + 1)
    .execute();
  const tickets = await ticketsOf(ctx, rows);
  return pageOf(
    rows,
    input.limit,
    (row) => promiseRow(row, tickets, ctx.now),
    (row) => [(isSettled(input) ? row.settled_at : row.due_at) ?? row.due_at, row.id],
  );
});

function promisesThat(ctx: QueryContext, input: Asked) {
  const { view, ticket } = input;
  const seen = cursorValues(input.cursor, 2);
  let rows = ctx.scoped.selectFrom('reply_promise').selectAll('reply_promise');
  if (isSettled(input)) rows = rows.where('reply_promise.settled_at', 'is not', null);
  else if (!ticket || view) rows = rows.where('reply_promise.state', '=', 'open');
  if (input.state) rows = rows.where('reply_promise.state', '=', input.state);
  if (view === 'overdue') rows = rows.where('reply_promise.due_at', '<=', ctx.now);
  if (view === 'mine')
    rows = rows.where(sql<boolean>`(reply_promise.owner = ${ctx.actor.id} or reply_promise.cover = ${ctx.actor.id})`);
  if (input.mall) rows = rows.where('reply_promise.mall', '=', input.mall);
  if (input.owner) rows = rows.where('reply_promise.owner', '=', input.owner);
  if (ticket) rows = rows.where('reply_promise.ticket_id', '=', ticket);
  if (isSettled(input)) {
    if (seen) rows = rows.where(before(['reply_promise.settled_at', 'reply_promise.id'], seen));
    return rows.orderBy('reply_promise.settled_at', 'desc').orderBy('reply_promise.id', 'desc');
  }
  if (seen) rows = rows.where(after(['reply_promise.due_at', 'reply_promise.id'], seen));
  return rows.orderBy('reply_promise.due_at').orderBy('reply_promise.id');
}

function promiseRow(row: LockedPromise, tickets: ReadonlyMap<string, TicketShown>, now: Date): Row {
  const { ticket, customer } = shownOf(row, tickets);
  return {
    id: row.id,
    ticket,
    customer,
    mall: row.mall,
    centre: row.centre,
    channel: row.channel as Row['channel'],
    note: row.note,
    state: row.state as Row['state'],
    owner: { id: row.owner, name: row.owner_name },
    cover: row.cover === null ? null : { id: row.cover, name: row.cover_name ?? '' },
    promisedBy: row.promised_by_name,
    promisedAt: row.promised_at,
    dueAt: row.due_at,
    overdue: row.state === 'open' && row.due_at <= now,
    remindedAt: row.reminded_at,
    moved: row.moved,
    answeredAt: row.answered_at,
    settledAt: row.settled_at,
    reason: row.reason,
  };
}
