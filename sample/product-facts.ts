import { DAY, HOUR, midnight } from './calendar.ts';
import type { Goods } from './catalogue.ts';
import type { Kind } from './goods.ts';
import type { Promotion } from './incidents.ts';
import { rngOf } from './random.ts';

export const STOCK_COLUMNS = ['product_id', 'free', 'on_way', 'restock_on', 'counted_at', 'counted_by'];
export const PRICE_COLUMNS = ['product_id', 'since', 'list_price_krw'];
export const PROMOTION_COLUMNS = ['product_id', 'starts_at', 'kind', 'name', 'ends_at', 'benefit', 'discount_krw'];

const date = (ms: number): string => new Date(ms + 9 * HOUR).toISOString().slice(0, 10);

/** Stock now; what is sold out comes again in some days, or nobody knows when. */
export function stockRow(seed: number, now: number, product: Goods): unknown[] {
  const rng = rngOf(seed, `stock ${product.sku}`);
  const out = product.status === 'sold_out';
  const free = out || product.status === 'ended' ? 0 : rng.chance(0.08) ? rng.int(1, 4) : rng.int(5, 900);
  const again = out && rng.chance(0.7);
  const counted = now - rng.int(5, product.inventory === 'CONSIGN' ? 40 * 60 : 90) * 60_000;
  return [
    product.id,
    free,
    again || (free > 0 && rng.chance(0.3)) ? rng.int(1, 12) * 50 : 0,
    again ? date(now + rng.int(2, 21) * DAY) : null,
    new Date(counted),
    product.inventory === 'CONSIGN' ? 'partner' : 'import',
  ];
}

/** What it cost over the year: the price of today is the last one. */
export function priceRows(seed: number, now: number, product: Goods): unknown[][] {
  const rng = rngOf(seed, `prices ${product.sku}`);
  const changes = rng.chance(0.45) ? 0 : rng.int(1, 3);
  const rows: unknown[][] = [];
  let at = midnight(now - rng.int(10, 60) * DAY);
  let price = product.price;
  for (let i = 0; i < changes; i++) {
    rows.push([product.id, new Date(at), price]);
    price = Math.max(1000, Math.round((price * (0.88 + rng.next() * 0.2)) / 1000) * 1000 - (rng.chance(0.8) ? 100 : 0));
    at -= rng.int(40, 120) * DAY;
  }
  rows.push([product.id, new Date(midnight(now - 400 * DAY)), rows.length > 0 ? price : product.price]);
  return rows;
}

const BENEFITS = [
  '10% 할인',
  '15% 할인',
  '20% 할인',
  '1+1',
  '2개 이상 10% 추가 할인',
  '무료배송',
  '적립금 5배',
] as const;
const OFF: Record<string, number> = { '10% 할인': 0.1, '15% 할인': 0.15, '20% 할인': 0.2 };

/** Sales that it took part in, and for some of them broadcasts (방송) with their own benefit. */
export function promotionRows(
  seed: number,
  now: number,
  product: Goods,
  promotions: readonly Promotion[],
): unknown[][] {
  const rng = rngOf(seed, `promotions ${product.sku}`);
  const rows: unknown[][] = [];
  const off = (benefit: string) =>
    OFF[benefit] ? Math.round((product.price * (OFF[benefit] ?? 0)) / 100) * 100 : null;
  for (const { ko, from, until } of promotions) {
    if (!rng.chance(0.3)) continue;
    const benefit = rng.pick(BENEFITS);
    rows.push([product.id, new Date(from), 'promotion', ko, new Date(until), benefit, off(benefit)]);
  }
  if (rng.chance(0.12)) {
    const start = midnight(now - rng.int(-10, 200) * DAY) + rng.pick([10, 14, 20]) * HOUR;
    rows.push([
      product.id,
      new Date(start),
      'broadcast',
      `${rng.pick(['오전', '오후', '저녁'])} 라이브 방송`,
      new Date(start + HOUR),
      '방송 중 무료배송 · 첫 500명 적립금 3,000점',
      null,
    ]);
  }
  return rows;
}

const COMMON = ['제조국', '품질보증기준', 'A/S 책임자와 전화번호'] as const;
/** Items of the notice by kind of goods (전자상거래 등에서의 상품 등의 정보제공에 관한 고시, 별표). */
const NOTIFIED: Partial<Record<Kind, readonly string[]>> = {
  fashion: ['제품 소재', '색상', '치수', '제조사', '세탁방법 및 취급 시 주의사항', '제조연월'],
  shoes: ['제품 주소재', '색상', '치수', '제조사', '취급 시 주의사항'],
  bag: ['종류', '소재', '색상', '크기', '제조사', '취급 시 주의사항'],
  food: ['식품의 유형', '생산자', '소비기한', '포장단위별 용량', '원재료명 및 함량', '보관방법'],
  health: ['식품의 유형', '제조업소', '소비기한', '섭취량, 섭취방법', '질병 예방·치료 의약품이 아니라는 표시'],
  beauty: ['용량 또는 중량', '제품 주요 사양', '사용기한', '사용방법', '화장품제조업자', '사용할 때의 주의사항'],
  appliance: ['품명 및 모델명', 'KC 인증정보', '정격전압, 소비전력', '출시연월', '제조사', '크기, 무게'],
  digital: ['품명 및 모델명', 'KC 인증정보', '출시연월', '제조사', '크기, 무게', '주요 사양'],
  furniture: ['품명', 'KC 인증정보', '색상', '구성품', '주요 소재', '제조자', '크기', '배송·설치비용'],
  kids: ['품명 및 모델명', 'KC 인증정보', '크기, 중량', '재질', '사용연령', '제조자', '취급방법'],
};
const OTHER = ['품명 및 모델명', '크기, 중량', '재질', '제조사'] as const;

/** 상품정보제공고시 of a product: labels as the notice has them. */
export function notifiedOf(product: Goods): { label: string; text: string }[] {
  const labels = NOTIFIED[product.kind] ?? OTHER;
  const texts: Record<string, string> = {
    색상: product.option.split(' / ')[0] ?? '상세페이지 참조',
    치수: product.option.split(' / ')[1] ?? '상세페이지 치수표 참조',
    품명: product.name,
    '품명 및 모델명': `${product.name} (${product.sku})`,
    제조국: product.sku.startsWith('OG') ? '대한민국' : '상세페이지 참조',
    품질보증기준: '관련 법 및 소비자분쟁해결기준에 따름',
    'A/S 책임자와 전화번호': '온결몰 고객센터 02-0000-1000',
  };
  return [...labels, ...COMMON].map((label) => ({ label, text: texts[label] ?? '상세페이지 참조' }));
}
