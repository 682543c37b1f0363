import { screens } from '#platform/screen.ts';

export const catalogueScreens = screens([
  {
    path: '/products',
    title: { ko: '상품', en: 'Products' },
    icon: 'box',
    area: 'none',
    needs: 'catalogue.listProducts',
    listed: true,
    load: () => import('./ProductsScreen.tsx'),
  },
  {
    path: '/products/$productId',
    title: { ko: '상품', en: 'Product' },
    icon: 'box',
    area: 'none',
    needs: 'catalogue.getProduct',
    listed: false,
    load: () => import('./ProductScreen.tsx'),
  },
]);
