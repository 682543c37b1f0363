import { screens } from '#platform/screen.ts';

export const followupScreens = screens([
  {
    path: '/todo',
    title: { ko: '내 할 일', en: 'To do' },
    icon: 'clock',
    // It has a place of its own in the rail.
    area: 'none',
    needs: 'followups.todo',
    listed: true,
    load: () => import('./TodoScreen.tsx'),
  },
]);
