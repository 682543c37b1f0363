import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import type { requests } from '../contract.ts';

export type RequestRow = Output<typeof requests.operations.list>['items'][number];

/**
 * Requests within the caller's scope. What they hang on is joined within the scope too: a partner is not told of a
 * ticket that is not its own.
 */
export function requestsOf({ scoped }: Pick<QueryContext, 'scoped'>) {
  const part = <T>(table: 'sales_order' | 'ticket' | 'product', key: string, column: string) =>
    sql<T | null>`(select ${sql.ref(`joined.${column}`)} from ${sql.table(table)} as joined
      where joined.id = ${sql.ref(`partner_request.${key}`)} and ${scoped.where(table, 'joined')})`;
  return scoped
    .selectFrom('partner_request')
    .selectAll('partner_request')
    .select([
      part<string>('sales_order', 'order_id', 'mall_order_no').as('mall_order_no'),
      part<number>('ticket', 'ticket_id', 'number').as('ticket_number'),
      part<string>('product', 'product_id', 'name').as('product_name'),
      part<string>('product', 'product_id', 'option_text').as('product_option'),
    ]);
}

export type Selected = Awaited<ReturnType<ReturnType<typeof requestsOf>['execute']>>[number];

export const requestRow = (row: Selected, now: Date): RequestRow => ({
  id: row.id,
  number: row.number,
  kind: row.kind as RequestRow['kind'],
  state: row.state as RequestRow['state'],
  mall: row.mall,
  order: row.order_id && row.mall_order_no ? { id: row.order_id, mallOrderNo: row.mall_order_no } : null,
  ticket: row.ticket_id && row.ticket_number !== null ? { id: row.ticket_id, number: row.ticket_number } : null,
  product: { id: row.product_id, name: row.product_name ?? '', option: row.product_option },
  addressee: { kind: row.addressee as RequestRow['addressee']['kind'], name: row.addressee_name },
  question: row.question as RequestRow['question'],
  answer: row.answer as RequestRow['answer'],
  answeredBy: row.answered_by === null ? null : { name: row.answered_by, byPhone: row.by_phone },
  answeredAt: row.answered_at,
  askedBy: { id: row.asked_by, name: row.asked_by_name },
  askedAt: row.asked_at,
  timesAsked: row.times_asked,
  dueAt: row.due_at,
  overdue: row.state === 'open' && row.due_at <= now,
  remindedAt: row.reminded_at,
  escalated: row.escalated_to !== null,
  unseen: row.state === 'answered' && row.seen_at === null,
  updatedAt: row.updated_at,
  version: row.version,
});
