import type { Actor, Output } from '#platform/operation.ts';
import type { orders } from '../contract.ts';

export type OrderRow = Output<typeof orders.operations.list>['items'][number];

export const ORDER_COLUMNS = [
  'sales_order.id',
  'sales_order.mall',
  'sales_order.mall_order_no',
  'sales_order.ordered_at',
  'sales_order.customer_id',
  'sales_order.orderer_name',
  'sales_order.receiver_name',
  'sales_order.stage',
  'sales_order.total_krw',
  'sales_order.summary',
] as const;

type Selected = {
  id: string;
  mall: string;
  mall_order_no: string;
  ordered_at: Date;
  customer_id: string | null;
  orderer_name: string;
  receiver_name: string;
  stage: string;
  total_krw: number;
  summary: string;
  /** Of a partner's own lines: the order's own may name goods of others. */
  own_summary?: string | null;
};

/** Whether somebody sees what an order cost: partners see their own lines only. */
export const seesMoney = (actor: Actor): boolean =>
  actor.kind === 'system' || actor.grants.some((grant) => grant.role !== 'partner');

export const orderRow = (row: Selected, money: boolean): OrderRow => ({
  id: row.id,
  mall: row.mall,
  mallOrderNo: row.mall_order_no,
  orderedAt: row.ordered_at,
  customer: money ? { id: row.customer_id, name: row.orderer_name } : { id: null, name: null },
  receiverName: row.receiver_name,
  stage: row.stage as OrderRow['stage'],
  total: money ? row.total_krw : null,
  summary: money ? row.summary : (row.own_summary ?? ''),
});

/** What a partner's own lines are, as an order's summary says it. */
export const summaryOf = (names: readonly string[]): string =>
  names.length > 1 ? `${names[0]} 외 ${names.length - 1}건` : (names[0] ?? '');
