import { screens } from '#platform/screen.ts';

export const ticketScreens = screens([
  {
    path: '/tickets/{-$ticketId}',
    title: { ko: '상담', en: 'Tickets' },
    icon: 'head',
    area: 'desk',
    needs: 'tickets.list',
    listed: true,
    load: () => import('./DeskScreen.tsx'),
  },
  {
    path: '/desk-rules',
    title: { ko: '상담 운영 규칙', en: 'Rules of the desk' },
    icon: 'gear',
    area: 'settings',
    needs: 'tickets.rules',
    railNeeds: 'tickets.setAssignment',
    listed: true,
    load: () => import('./RulesScreen.tsx'),
  },
]);
