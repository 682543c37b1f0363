import { MALL_VERBS } from '#malls/rules/verbs.ts';
import type { Rng } from './random.ts';
import { weighted } from './random.ts';

export type MallPlan = {
  id: string;
  ko: string;
  en: string;
  short: string;
  link: 'full' | 'orders' | 'none';
  centre: 'own' | 'outsourced';
  answerHours: number | null;
  /** Share of orders. */
  share: number;
  /** What the mall's order numbers look like. */
  orderNo: (day: string, rng: Rng) => string;
  /** Shares of the channels that contacts of this mall come through. */
  channels: readonly (readonly [string, number])[];
};

const digits = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.int(0, 9)).join('');
const BOARD = [
  ['phone', 38],
  ['board', 44],
  ['kakao', 10],
  ['email', 5],
  ['sns', 2],
  ['manual', 1],
] as const;

/** The twelve malls of api.md, by how much is sold there. */
export const MALLS: readonly MallPlan[] = [
  {
    id: 'own',
    ko: '온결몰',
    en: 'Ongyeol Mall',
    short: '자사',
    link: 'full',
    centre: 'own',
    answerHours: null,
    share: 22,
    orderNo: (day, rng) => `${day}-${digits(rng, 6)}`,
    channels: [
      ['phone', 36],
      ['kakao', 22],
      ['chat', 24],
      ['form', 8],
      ['email', 6],
      ['sns', 3],
      ['manual', 1],
    ],
  },
  {
    id: 'cafe24',
    ko: '온결 브랜드관',
    en: 'Ongyeol Brand Store',
    short: '카페',
    link: 'full',
    centre: 'own',
    answerHours: null,
    share: 3,
    orderNo: (day, rng) => `${day}-${digits(rng, 7)}`,
    channels: [
      ['phone', 30],
      ['kakao', 22],
      ['form', 22],
      ['email', 12],
      ['chat', 12],
      ['sns', 2],
    ],
  },
  {
    id: 'medusa',
    ko: '온결 글로벌',
    en: 'Ongyeol Global',
    short: '글로',
    link: 'full',
    centre: 'own',
    answerHours: null,
    share: 1,
    orderNo: (_day, rng) => `OG-${digits(rng, 8)}`,
    channels: [
      ['email', 55],
      ['chat', 25],
      ['form', 18],
      ['sns', 2],
    ],
  },
  {
    id: 'naver',
    ko: '네이버 스마트스토어',
    en: 'Naver SmartStore',
    short: '스스',
    link: 'full',
    centre: 'own',
    answerHours: 24,
    share: 24,
    orderNo: (day, rng) => `${day}${digits(rng, 8)}`,
    channels: [
      ['phone', 28],
      ['talktalk', 46],
      ['board', 20],
      ['email', 3],
      ['sns', 2],
      ['manual', 1],
    ],
  },
  {
    id: 'coupang',
    ko: '쿠팡',
    en: 'Coupang',
    short: '쿠팡',
    link: 'orders',
    centre: 'own',
    answerHours: 24,
    share: 20,
    orderNo: (_day, rng) => `${rng.int(2, 3)}${digits(rng, 13)}`,
    channels: BOARD,
  },
  {
    id: 'gmarket',
    ko: 'G마켓',
    en: 'Gmarket',
    short: '지마',
    link: 'orders',
    centre: 'own',
    answerHours: 24,
    share: 7,
    orderNo: (_day, rng) => `4${digits(rng, 9)}`,
    channels: BOARD,
  },
  {
    id: 'auction',
    ko: '옥션',
    en: 'Auction',
    short: '옥션',
    link: 'orders',
    centre: 'own',
    answerHours: 24,
    share: 4,
    orderNo: (_day, rng) => `2${digits(rng, 9)}`,
    channels: BOARD,
  },
  {
    id: '11st',
    ko: '11번가',
    en: '11st',
    short: '11',
    link: 'orders',
    centre: 'outsourced',
    answerHours: 24,
    share: 7,
    orderNo: (day, rng) => `${day}${digits(rng, 9)}`,
    channels: BOARD,
  },
  {
    id: 'kakao',
    ko: '카카오 톡스토어',
    en: 'Kakao TalkStore',
    short: '톡스',
    link: 'orders',
    centre: 'own',
    answerHours: 24,
    share: 5,
    orderNo: (_day, rng) => `25${digits(rng, 8)}`,
    channels: [
      ['phone', 24],
      ['kakao', 52],
      ['board', 21],
      ['email', 3],
    ],
  },
  {
    id: 'ssg',
    ko: 'SSG닷컴',
    en: 'SSG.com',
    short: '쓱',
    link: 'orders',
    centre: 'outsourced',
    answerHours: 24,
    share: 4,
    orderNo: (day, rng) => `${day}${digits(rng, 7)}`,
    channels: BOARD,
  },
  {
    id: 'toss',
    ko: '토스쇼핑',
    en: 'Toss Shopping',
    short: '토스',
    link: 'none',
    centre: 'own',
    answerHours: 48,
    share: 2,
    orderNo: (_day, rng) => `T${digits(rng, 12)}`,
    channels: BOARD,
  },
  {
    id: 'ohouse',
    ko: '오늘의집',
    en: 'Today House',
    short: '오집',
    link: 'none',
    centre: 'own',
    answerHours: 48,
    share: 1,
    orderNo: (_day, rng) => `9${digits(rng, 8)}`,
    channels: BOARD,
  },
];

export const mallById = new Map(MALLS.map((mall) => [mall.id, mall]));
export const drawMall = weighted(MALLS.map((mall) => [mall.id, mall.share] as const));
export const drawChannel = new Map(MALLS.map((mall) => [mall.id, weighted(mall.channels)]));

const BY_API = { how: 'api', verified: true };
const ALL_BY_API = Object.fromEntries(MALL_VERBS.map((verb) => [verb, BY_API]));

/** What a mall offers, as far as its documents say it (claims.md 2.5, connectors.md); what it does not, by its admin's page. */
export function verbsOf(id: string): Record<string, object> {
  const page = `https://${id}.example.com/admin/orders/{orderId}`;
  const byHand = (ko: string, en: string) => ({
    ...{ how: 'deep_link', verified: false },
    ...{ note: { ko, en }, deepLink: page },
  });
  if (id === 'own' || id === 'medusa' || id === 'cafe24') return ALL_BY_API;
  if (id === 'naver')
    return {
      ...ALL_BY_API,
      'exchange.convert': byHand('판매자가 교환을 여는 API가 없습니다.', 'No API lets the seller open an exchange.'),
      'return.convert': byHand('반품을 교환으로 바꾸는 API가 없습니다.', 'No API turns a return into an exchange.'),
    };
  if (id === 'coupang')
    return {
      ...{ ship: BY_API, reinvoice: BY_API },
      'return.reject': byHand('반품 거부는 윙의 쿠팡확인요청으로 합니다.', 'Ask Coupang to check it in Wing.'),
      'return.convert': byHand('윙에서 바꿉니다.', 'Done in Wing.'),
    };
  return { 'return.accept': byHand('판매자센터에서 처리합니다.', 'Done in the seller centre.') };
}
