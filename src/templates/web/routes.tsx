import { screens } from '#platform/screen.ts';

export const templateScreens = screens([
  {
    path: '/templates/{-$templateId}',
    title: { ko: '템플릿', en: 'Templates' },
    icon: 'memo',
    area: 'desk',
    needs: 'templates.list',
    railNeeds: 'templates.write',
    listed: true,
    load: () => import('./TemplatesScreen.tsx'),
  },
]);
