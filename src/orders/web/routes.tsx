import { screens } from '#platform/screen.ts';

export const orderScreens = screens([
  {
    path: '/orders',
    title: { ko: '주문', en: 'Orders' },
    icon: 'box',
    area: 'none',
    needs: 'orders.list',
    listed: true,
    load: () => import('./OrdersScreen.tsx'),
  },
  {
    path: '/orders/import',
    title: { ko: '주문 파일 등록', en: 'Import an order file' },
    icon: 'excel',
    area: 'settings',
    needs: 'orders.beginImport',
    listed: true,
    load: () => import('./import/ImportScreen.tsx'),
  },
  {
    path: '/orders/$orderId',
    title: { ko: '주문', en: 'Order' },
    icon: 'box',
    area: 'none',
    needs: 'orders.get',
    listed: false,
    load: () => import('./OrderScreen.tsx'),
  },
  {
    path: '/deliveries',
    title: { ko: '배송', en: 'Deliveries' },
    icon: 'truck',
    area: 'none',
    needs: 'orders.listDeliveries',
    listed: true,
    load: () => import('./DeliveriesScreen.tsx'),
  },
  {
    path: '/deliveries/$orderId',
    title: { ko: '배송', en: 'Delivery' },
    icon: 'truck',
    area: 'none',
    needs: 'orders.getDelivery',
    listed: false,
    load: () => import('./DeliveryScreen.tsx'),
  },
]);
