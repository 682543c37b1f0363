import { handle } from '#platform/context.ts';
import { orders } from '../contract.ts';
import { importOrders } from './order-import.ts';

/** Orders as malls and files tell them, up to 500 a call. */
export const importOrdersHandler = handle(orders.operations.import, (ctx, { orders: given }) =>
  importOrders(ctx, given),
);
