import { screens } from '#platform/screen.ts';

export const transferScreens = screens([
  {
    path: '/transfers/{-$transferId}',
    title: { ko: '이관', en: 'Transfers' },
    icon: 'forward',
    area: 'desk',
    needs: 'transfers.list',
    listed: true,
    load: () => import('./TransfersScreen.tsx'),
  },
]);
