import type { Words } from '#platform/operation.ts';

/** What a template may name, and what each is called in English. Nothing else is ever read: no code, no other record. */
export const VARIABLES = {
  고객명: { ko: '고객의 이름', en: "Customer's name" },
  상담사: { ko: '쓰는 사람의 이름', en: "Writer's name" },
  몰: { ko: '몰 이름', en: 'Mall' },
  센터시간: { ko: '센터 영업시간', en: "Centre's hours" },
  오늘: { ko: '오늘 날짜', en: 'Today' },
  다음영업일: { ko: '다음 영업일', en: 'Next business day' },
  주문번호: { ko: '주문번호', en: 'Order number' },
  주문일: { ko: '주문한 날', en: 'Day of the order' },
  상품명: { ko: '주문한 상품', en: 'What was ordered' },
  결제금액: { ko: '결제한 금액', en: 'Amount paid' },
  주문상태: { ko: '주문의 단계', en: 'Stage of the order' },
  택배사: { ko: '택배사', en: 'Courier' },
  송장번호: { ko: '송장번호', en: 'Waybill number' },
  배송상태: { ko: '배송의 상태', en: 'State of the delivery' },
  출고일: { ko: '출고한 날', en: 'Day of dispatch' },
  배송완료일: { ko: '배송이 끝난 날', en: 'Day of delivery' },
} as const satisfies Record<string, Words>;
export type Variable = keyof typeof VARIABLES;
export const NAMES = Object.keys(VARIABLES) as Variable[];

export const isVariable = (name: string): name is Variable => (NAMES as string[]).includes(name);

/** Values of one case; what is not known is absent. Amounts are in won, as text with their unit they are `29,900원`. */
export type Facts = Partial<Record<Variable, string | number>>;

/** A case to try a template on while it is written. */
export const EXAMPLE: Facts = {
  고객명: '김서연',
  상담사: '박지민',
  몰: '온결몰',
  센터시간: '09:00–18:00',
  오늘: '11월 30일',
  다음영업일: '12월 1일',
  주문번호: '20261118-004127',
  주문일: '11월 18일',
  상품명: '램스울 라운드 니트 외 2건',
  결제금액: 79_600,
  주문상태: '배송중',
  택배사: 'CJ대한통운',
  송장번호: '650811432214',
  배송상태: '배송중',
  출고일: '11월 19일',
};
