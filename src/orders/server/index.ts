import { implement } from '#platform/context.ts';
import { orders } from '../contract.ts';
import { getOrder } from './get-order.ts';
import { listOrders } from './list-orders.ts';
import { searchOrders } from './search-orders.ts';

export const ordersRoom = implement(orders, { list: listOrders, search: searchOrders, get: getOrder });
