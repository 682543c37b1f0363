import { screens } from '#platform/screen.ts';

export const groundScreens = screens([
  {
    path: '/settings/audit',
    title: { ko: '감사 기록', en: 'Audit' },
    icon: 'log',
    area: 'settings',
    needs: 'audit.list',
    listed: true,
    load: () => import('./AuditScreen.tsx'),
  },
  {
    path: '/settings/jobs',
    title: { ko: '작업', en: 'Jobs' },
    icon: 'play',
    area: 'settings',
    needs: 'jobs.list',
    listed: true,
    load: () => import('./JobsScreen.tsx'),
  },
]);
