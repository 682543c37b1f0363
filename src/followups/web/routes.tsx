import { screens } from '#platform/screen.ts';

export const followupScreens = screens([
  {
    path: '/todo',
    title: { ko: '내 할 일', en: 'To do' },
    icon: 'clock',
    area: 'desk',
    needs: 'followups.todo',
    listed: true,
    load: () => import('./TodoScreen.tsx'),
  },
]);
