import { screens } from '#platform/screen.ts';

export const routingScreens = screens([
  {
    path: '/routing',
    title: { ko: '전담 배정', en: 'Routing' },
    icon: 'forward',
    area: 'settings',
    needs: 'routing.versions',
    listed: true,
    load: () => import('./RoutingScreen.tsx'),
  },
]);
