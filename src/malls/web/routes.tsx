import { screens } from '#platform/screen.ts';

export const mallScreens = screens([
  {
    path: '/malls/{-$mallId}',
    title: { ko: '몰', en: 'Malls' },
    icon: 'globe',
    area: 'settings',
    needs: 'malls.listManuals',
    railNeeds: 'malls.saveManual',
    listed: true,
    load: () => import('./MallsScreen.tsx'),
  },
]);
