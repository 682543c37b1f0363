import type { Product } from './catalogue.ts';
import type { Rng } from './random.ts';

/** Money of one order, in won. `total` is lines − benefits + shipping, and what the tenders add up to. */
export type Line = { id: string; product: Product; qty: number; group: string };
export type Benefit = {
  id: string;
  kind: string;
  name: string;
  amount: number;
  lines: string[];
  tender: string | null;
  minPurchase: number;
  funder: Record<string, number>;
};
export type Tender = {
  id: string;
  kind: string;
  name: string;
  amount: number;
  partialCancel: string;
  instalments: number | null;
};
export type Group = {
  id: string;
  key: string;
  baseFee: number;
  threshold: number | null;
  paid: number;
  remote: number;
  returnFee: number;
  exchangeFee: number;
};
export type Money = { benefits: Benefit[]; groups: Group[]; tenders: Tender[]; total: number };

/** Who bears a discount, in percent. */
const FUNDERS: readonly Record<string, number>[] = [
  { seller: 50, platform: 50 },
  { seller: 60, platform: 40 },
  { seller: 100 },
];

const floor10 = (won: number) => Math.floor(won / 10) * 10;
const listOf = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.product.price * line.qty, 0);

export type MoneyOptions = { mall: string; remote: boolean; promotion: string | null; points: number; heavy: boolean };

/** Prices an order as a shop does: product discounts, coupons, shipping by group, then the tenders. */
export function moneyOf(lines: readonly Line[], options: MoneyOptions, rng: Rng): Money {
  const benefits: Benefit[] = [];
  const add = (
    kind: string,
    name: string,
    amount: number,
    on: readonly Line[],
    minPurchase: number,
    funder: Record<string, number>,
  ) => {
    if (amount > 0)
      benefits.push({
        id: `c${benefits.length + 1}`,
        kind,
        name,
        amount,
        lines: on.map((line) => line.id),
        tender: null,
        minPurchase,
        funder,
      });
  };
  let goods = listOf(lines);
  for (const line of lines) {
    const each = listOf([line]);
    if (line.qty === 3 && rng.chance(0.3)) {
      add('BUNDLE', '2+1 묶음 할인', line.product.price, [line], 0, { seller: 100 });
      goods -= line.product.price;
    } else if (rng.chance(options.promotion ? 0.32 : 0.14)) {
      const amount = floor10(each * rng.pick([0.05, 0.1, 0.1, 0.15, 0.2]));
      add(
        'PRODUCT',
        options.promotion ? `${options.promotion} 할인` : '상품 즉시할인',
        amount,
        [line],
        0,
        rng.pick(FUNDERS),
      );
      goods -= amount;
    }
  }
  const groups = groupsOf(lines, benefits, options, rng);
  if (goods >= 30_000 && rng.chance(options.promotion ? 0.34 : 0.2)) {
    const [amount, minPurchase] = couponOf(goods, rng);
    add(
      'ORDER_COUPON',
      `${minPurchase.toLocaleString('ko-KR')}원 이상 ${amount.toLocaleString('ko-KR')}원 쿠폰`,
      amount,
      lines,
      minPurchase,
      { seller: 60, platform: 40 },
    );
    goods -= amount;
  } else if (rng.chance(0.07)) {
    const line = rng.pick(lines);
    const amount = Math.min(floor10(line.product.price * 0.1), 5000);
    add('PRODUCT_COUPON', '상품 쿠폰 10%', amount, [line], 0, { seller: 100 });
    goods -= amount;
  }
  for (const group of groups) {
    if (group.paid > 0 && rng.chance(0.08)) {
      const on = lines.filter((line) => line.group === group.id);
      add('SHIP_COUPON', '배송비 쿠폰', group.paid, on, 0, { platform: 100 });
      group.paid = 0;
    }
  }
  const shipping = groups.reduce((sum, group) => sum + group.paid + group.remote, 0);
  return tendersFor(goods, shipping, lines, benefits, groups, options, rng);
}

function couponOf(goods: number, rng: Rng): [number, number] {
  if (goods >= 100_000) return [rng.pick([10_000, 12_000]), 100_000];
  if (goods >= 70_000) return [rng.pick([7_000, 10_000]), 70_000];
  return [rng.pick([2_000, 3_000]), 30_000];
}

/** One shipping group a sender: our own warehouse, or a partner for its consigned goods. */
export const senderOf = (product: Product): string =>
  product.inventory === 'CONSIGN' ? (product.partnerId ?? 'own') : 'own';

function groupsOf(lines: readonly Line[], benefits: readonly Benefit[], options: MoneyOptions, rng: Rng): Group[] {
  const groups: Group[] = [];
  for (const line of lines) {
    const key = senderOf(line.product);
    let group = groups.find((one) => one.key === key);
    if (!group) {
      const [baseFee, threshold] =
        key === 'own'
          ? [3000, 50_000]
          : rng.pick([
              [3000, 50_000],
              [3000, 30_000],
              [2500, 50_000],
              [3000, 0],
              [4000, 70_000],
              [3500, null],
            ] as const);
      group = {
        id: `g${groups.length + 1}`,
        key,
        baseFee,
        threshold,
        paid: 0,
        remote: options.remote ? rng.pick([3000, 4000, 5000]) : 0,
        returnFee: baseFee,
        exchangeFee: baseFee * 2,
      };
      groups.push(group);
    }
    line.group = group.id;
  }
  for (const group of groups) {
    const own = lines.filter((line) => line.group === group.id);
    const ids = new Set(own.map((line) => line.id));
    const off = benefits.filter((benefit) => benefit.kind === 'PRODUCT' && benefit.lines.every((id) => ids.has(id)));
    const basis = listOf(own) - off.reduce((sum, benefit) => sum + benefit.amount, 0);
    group.paid = group.threshold !== null && basis >= group.threshold ? 0 : group.baseFee;
  }
  return groups;
}

const CARDS = [
  '신한카드',
  '국민카드',
  '삼성카드',
  '현대카드',
  '롯데카드',
  '하나카드',
  '우리카드',
  '농협카드',
  '비씨카드',
];

function tendersFor(
  goods: number,
  shipping: number,
  lines: readonly Line[],
  benefits: Benefit[],
  groups: Group[],
  options: MoneyOptions,
  rng: Rng,
): Money {
  const tenders: Tender[] = [];
  const pay = (
    kind: string,
    name: string,
    amount: number,
    partialCancel = 'YES',
    instalments: number | null = null,
  ) => {
    tenders.push({ id: `t${tenders.length + 1}`, kind, name, amount, partialCancel, instalments });
  };
  let rest = goods + shipping;
  if (!['own', 'cafe24', 'medusa', 'naver'].includes(options.mall)) {
    pay('MALL', '몰 결제', rest);
    return { benefits, groups, tenders, total: rest };
  }
  const points = Math.min(Math.floor((rest * 0.2) / 100) * 100, options.points);
  if (points >= 500 && rng.chance(0.42)) {
    pay('POINT', options.mall === 'naver' ? '네이버페이 포인트' : '적립금', points);
    rest -= points;
  }
  if (options.mall === 'own' && rng.chance(0.06)) {
    const gift = Math.min(rest - 1000, rng.pick([5000, 10_000, 20_000, 30_000]));
    pay('GIFTCARD', '온결 상품권', gift);
    rest -= gift;
  }
  if (options.mall === 'own' && rng.chance(0.03)) {
    const deposit = Math.min(rest - 1000, rng.int(10, 90) * 100);
    pay('DEPOSIT', '예치금', deposit);
    rest -= deposit;
  }
  rest -= payMain(rest, lines, benefits, tenders, options, pay, rng);
  const total = tenders.reduce((sum, tender) => sum + tender.amount, 0);
  return { benefits, groups, tenders, total };
}

/** The main tender takes what is left; a card may give an instant discount of its own. Answers that discount. */
function payMain(
  rest: number,
  lines: readonly Line[],
  benefits: Benefit[],
  tenders: Tender[],
  options: MoneyOptions,
  pay: (kind: string, name: string, amount: number, partialCancel?: string, instalments?: number | null) => void,
  rng: Rng,
): number {
  const x = rng.next();
  if (options.mall === 'naver' ? x < 0.62 : x < 0.24) {
    pay('EASYPAY', options.mall === 'naver' ? '네이버페이' : rng.pick(['카카오페이', '토스페이', '페이코']), rest);
  } else if (x > 0.97) {
    pay('MOBILE', '휴대폰 결제', rest, 'FULL_ONLY');
  } else if (x > 0.93) {
    pay('VBANK', `${rng.pick(['국민은행', '신한은행', '농협은행', '우리은행'])} 가상계좌`, rest);
  } else if (x > 0.9) {
    pay('TRANSFER', '실시간 계좌이체', rest);
  } else {
    const card = rng.pick(CARDS);
    const off = rest >= 50_000 && rng.chance(0.09) ? floor10(rest * 0.05) : 0;
    const instalments = rest >= 50_000 && rng.chance(0.22) ? rng.pick([2, 3, 3, 5, 6]) : null;
    pay('CARD', `${card} ${instalments ? `${instalments}개월` : '일시불'}`, rest - off, 'YES', instalments);
    if (off > 0) {
      const tender = tenders.at(-1)?.id ?? null;
      benefits.push({
        id: `c${benefits.length + 1}`,
        kind: 'TENDER_INSTANT',
        name: `${card} 즉시할인`,
        amount: off,
        lines: lines.map((line) => line.id),
        tender,
        minPurchase: 50_000,
        funder: { card: 100 },
      });
    }
    return off;
  }
  return 0;
}
