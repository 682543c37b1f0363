import { screens } from '#platform/screen.ts';

export const channelScreens = screens([
  {
    path: '/settings/channels',
    title: { ko: '채널', en: 'Channels' },
    icon: 'mail',
    area: 'settings',
    needs: 'channels.list',
    railNeeds: 'channels.save',
    listed: true,
    load: () => import('./ChannelsScreen.tsx'),
  },
]);
