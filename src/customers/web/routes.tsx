import { screens } from '#platform/screen.ts';

export const customerScreens = screens([
  {
    path: '/customers',
    title: { ko: '고객', en: 'Customers' },
    icon: 'user',
    area: 'none',
    needs: 'customers.list',
    listed: true,
    load: () => import('./CustomersScreen.tsx'),
  },
  {
    path: '/customers/blocks',
    title: { ko: '이용 제한 요청', en: 'Blocks asked for' },
    icon: 'lock',
    area: 'desk',
    needs: 'customers.blocks',
    listed: true,
    load: () => import('./BlocksScreen.tsx'),
  },
  {
    path: '/customers/$customerId',
    title: { ko: '고객', en: 'Customer' },
    icon: 'user',
    area: 'none',
    needs: 'customers.get',
    listed: false,
    load: () => import('./CustomerScreen.tsx'),
  },
]);
