import { implement } from '#platform/context.ts';
import { orders } from '../contract.ts';
import { confirmTracking } from './confirm-tracking.ts';
import { countDeliveries } from './count-deliveries.ts';
import { getDelivery } from './get-delivery.ts';
import { getOrder } from './get-order.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listOrders } from './list-orders.ts';
import { recordTracking } from './record-tracking.ts';
import { searchOrders } from './search-orders.ts';
import { watchDeliveries } from './watch-deliveries.ts';

export const ordersRoom = implement(
  orders,
  {
    list: listOrders,
    search: searchOrders,
    get: getOrder,
    listDeliveries,
    countDeliveries,
    getDelivery,
    recordTracking,
    confirmTracking,
  },
  { jobs: { 'orders.watchDeliveries': watchDeliveries }, clock: { 'orders.watchDeliveries': '* * * * *' } },
);
