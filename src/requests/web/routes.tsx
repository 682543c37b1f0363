import { screens } from '#platform/screen.ts';

export const requestScreens = screens([
  {
    path: '/requests/{-$requestId}',
    title: { ko: '협력사 요청', en: 'Partner requests' },
    icon: 'hand',
    area: 'desk',
    needs: 'requests.list',
    home: 'requests.showRecipient',
    listed: true,
    load: () => import('./RequestsScreen.tsx'),
  },
]);
