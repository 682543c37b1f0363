import { screens } from '#platform/screen.ts';

export const callScreens = screens([
  {
    path: '/calls',
    title: { ko: '통화', en: 'Calls' },
    icon: 'phone',
    area: 'calls',
    needs: 'calls.list',
    listed: true,
    load: () => import('./CallsScreen.tsx'),
  },
]);
