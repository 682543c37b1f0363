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
    path: '/voc/required',
    title: { ko: 'VOC 필수 몰', en: 'Malls that ask for VOC' },
    icon: 'check',
    area: 'voc',
    needs: 'voc.require',
    listed: true,
    load: () => import('./RequiredScreen.tsx'),
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
