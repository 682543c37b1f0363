import { type Expression, type SqlBool, sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { after, before } from '#platform/keyset-sql.ts';
import type { Actor, Input } from '#platform/operation.ts';
import type { CursorValues } from '#platform/search-sql.ts';
import type { requests } from '../contract.ts';
import { requestsOf } from './request-row.ts';

export type ListInput = Input<typeof requests.operations.list>;

/** What waits is read by its due time, what is over by its newest change. */
export const byDue = ({ view }: Pick<ListInput, 'view'>): boolean =>
  view === 'todo' || view === 'open' || view === 'overdue';

/** Requests that somebody's own side has to answer: a partner its own, an MD and logistics what came to them. */
export function toAnswer(actor: Actor): Expression<SqlBool> {
  const roles = new Set(actor.grants.map(({ role }) => role));
  const parts = [
    ...(roles.has('partner') ? [sql`partner_request.addressee = 'partner'`] : []),
    ...(roles.has('logistics') ? [sql`partner_request.addressee = 'logistics'`] : []),
    ...(roles.has('md')
      ? [
          sql`partner_request.addressee = 'md' and coalesce(partner_request.addressee_email, ${actor.email}) = ${actor.email}`,
          sql`partner_request.escalated_to = ${actor.email}`,
        ]
      : []),
  ];
  if (parts.length === 0) return sql<SqlBool>`false`;
  return sql<SqlBool>`(${sql.join(
    parts.map((part) => sql`(${part})`),
    sql` or `,
  )})`;
}

/** Requests within scope that pass the filters, in the list's order, after the cursor: one statement. */
export function requestsThat(ctx: QueryContext, input: ListInput, seen: CursorValues | null) {
  const { view } = input;
  let rows = requestsOf(ctx);
  if (byDue(input)) rows = rows.where('partner_request.state', '=', 'open');
  if (view === 'overdue') rows = rows.where('partner_request.due_at', '<=', ctx.now);
  if (view === 'answered') rows = rows.where('partner_request.state', '=', 'answered');
  if (view === 'todo') rows = rows.where(toAnswer(ctx.actor));
  if (view === 'asked') rows = rows.where('partner_request.asked_by', '=', ctx.actor.id);
  if (input.kind) rows = rows.where('partner_request.kind', '=', input.kind);
  if (input.mall) rows = rows.where('partner_request.mall', '=', input.mall);
  if (input.partner) rows = rows.where('partner_request.partner_id', '=', input.partner);
  if (input.product) rows = rows.where('partner_request.product_id', '=', input.product);
  if (input.order) rows = rows.where('partner_request.order_id', '=', input.order);
  if (input.ticket) rows = rows.where('partner_request.ticket_id', '=', input.ticket);
  if (byDue(input)) {
    if (seen) rows = rows.where(after(['partner_request.due_at', 'partner_request.id'], seen));
    return rows.orderBy('partner_request.due_at').orderBy('partner_request.id');
  }
  if (seen) rows = rows.where(before(['partner_request.updated_at', 'partner_request.id'], seen));
  return rows.orderBy('partner_request.updated_at', 'desc').orderBy('partner_request.id', 'desc');
}
