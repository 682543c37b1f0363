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
]);
