import { screens } from '#platform/screen.ts';

export const launchScreens = screens([
  {
    path: '/launches/{-$mallId}',
    title: { ko: '몰 개시 준비', en: 'Mall launches' },
    icon: 'flag',
    area: 'settings',
    needs: 'launches.list',
    railNeeds: 'launches.mark',
    listed: true,
    load: () => import('./LaunchesScreen.tsx'),
  },
]);
