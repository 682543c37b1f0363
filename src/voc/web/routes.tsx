import { screens } from '#platform/screen.ts';

export const vocScreens = screens([
  {
    path: '/voc',
    title: { ko: 'VOC 기록', en: 'VOC records' },
    icon: 'voc',
    area: 'voc',
    needs: 'voc.listRecords',
    listed: true,
    load: () => import('./RecordsScreen.tsx'),
  },
  {
    path: '/voc/codes',
    title: { ko: 'VOC 코드', en: 'VOC codes' },
    icon: 'tag',
    area: 'voc',
    needs: 'voc.codes',
    listed: true,
    load: () => import('./CodesScreen.tsx'),
  },
]);
