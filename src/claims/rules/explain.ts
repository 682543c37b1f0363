import { dateText } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Claim, State } from './state.ts';

/** One figure of a quote with the rule, and the policy if any, that it comes from. */
export type Explained = { figure: string; won: number; rule: string; policy: string | null; text: string };

type Figure = {
  figure: string;
  rule: string;
  policy: keyof Policy | null;
  ko: string;
  en: string;
  won: (claim: Claim) => number;
};

function figure(
  name: string,
  rule: string,
  policy: keyof Policy | null,
  ko: string,
  en: string,
  won: Figure['won'],
): Figure {
  return { figure: name, rule, policy, ko, en, won };
}

const FIGURES: Figure[] = [
  figure(
    'items',
    'M6',
    null,
    '상품 결제액 (주문 때 확정된 배분액)',
    'what the units were paid with, frozen at the order',
    (claim) => claim.quote.items,
  ),
  figure(
    'shipping',
    'M4',
    'freeBasis',
    '배송비 차액 (남는 상품 기준으로 다시 계산)',
    'change of the shipping due for what is kept',
    (claim) => claim.quote.shipping,
  ),
  figure(
    'credited',
    'M5',
    null,
    '이미 낸 비용 (이번 환불에 반영)',
    'fees already paid, taken over',
    (claim) => claim.quote.credited,
  ),
  figure(
    'returnFee',
    'M5',
    'mixedFault',
    '반품 배송비 (전자상거래법 §18⑨⑩)',
    'return fee by fault',
    (claim) => -claim.quote.returnFee,
  ),
  figure(
    'exchangeFee',
    'M5',
    'mixedFaultExchange',
    '교환 배송비',
    'exchange fee by fault',
    (claim) => -claim.quote.exchangeFee,
  ),
  figure(
    'sendBack',
    'M5',
    null,
    '되돌려 보내는 배송비',
    'fee for sending the goods back',
    (claim) => -claim.quote.sendBack,
  ),
  figure(
    'usage',
    'M12',
    'usageDeduction',
    '사용분 공제 (시행령 §24)',
    'deduction for what was used',
    (claim) => -claim.quote.usage,
  ),
  figure(
    'reclaim',
    'M8',
    'couponBreak',
    '조건이 깨진 혜택 회수',
    'benefits whose condition broke',
    (claim) => -claim.quote.reclaim,
  ),
  figure(
    'difference',
    'M10',
    'exchangeDiff',
    '교환 차액',
    'price difference of the exchange',
    (claim) => -claim.quote.difference,
  ),
  figure('refund', 'M6', 'tenderMode', '환불액', 'refund', (claim) => claim.quote.refund),
  figure('collect', 'M6', 'deductOrder', '고객이 더 낼 금액', 'to be collected', (claim) => -claim.quote.collect),
  figure(
    'fare',
    'M5',
    'selfSendCap',
    '고객이 낸 택배비 환급',
    'carrier fare paid by the customer',
    (claim) => claim.quote.fare,
  ),
  figure(
    'interest',
    'M13',
    'interestRounding',
    '지연이자 연 15% (전자상거래법 §18②)',
    'interest for delay, 15 % a year',
    (claim) => claim.interest,
  ),
];

/** Each figure of a claim's quote that is not zero, with its rule, in Korean or English. */
export function explainStep(state: State, policy: Policy, claim: Claim, language: 'ko' | 'en'): Explained[] {
  const rows: Explained[] = [];
  for (const row of FIGURES) {
    const won = row.won(claim);
    if (won !== 0)
      rows.push({
        figure: row.figure,
        won,
        rule: row.rule,
        policy: row.policy && `${row.policy} ${policy.version}`,
        text: row[language],
      });
  }
  for (const [tender, won] of Object.entries(claim.quote.perTender)) {
    const kind = state.tenders.find((found) => found.id === tender)?.kind ?? '';
    rows.push({ figure: `perTender.${tender}`, won, rule: 'M7', policy: `tenderMode ${policy.version}`, text: kind });
  }
  if (claim.dueOn !== null) {
    const text =
      language === 'ko'
        ? `환불 기한 ${dateText(claim.dueOn)} (§18② 3영업일)`
        : `refund due on ${dateText(claim.dueOn)} (three business days)`;
    rows.push({ figure: 'dueOn', won: 0, rule: 'I22', policy: `businessCalendar ${policy.version}`, text });
  }
  return rows;
}
