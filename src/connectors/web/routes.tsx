import { screens } from '#platform/screen.ts';

export const connectorScreens = screens([
  {
    path: '/settings/connections',
    title: { ko: '연결 상태', en: 'Connections' },
    icon: 'link',
    area: 'settings',
    needs: 'connectors.listSources',
    railNeeds: 'accounts.setGrants',
    listed: true,
    load: () => import('./ConnectionsScreen.tsx'),
  },
]);
