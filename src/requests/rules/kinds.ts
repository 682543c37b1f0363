/** What can be asked (요청 종류) and how it is answered: the one table that server and screens read. */

export const ASKED_KINDS = [
  'dispatch_date',
  'stock',
  'defect_verdict',
  'arrival',
  'invoice_check',
  'question',
] as const;
/** People ask the first ones; `order_change` comes from a change of an order that somebody must say yes to. */
export const KINDS = [...ASKED_KINDS, 'order_change'] as const;
export type Kind = (typeof KINDS)[number];

/** Fields of questions and answers. `on`: a KST day; `qty`: pieces; the rest are texts. */
export const FIELDS = ['on', 'qty', 'trackingNo', 'carrier', 'symptom', 'note'] as const;
export type Field = (typeof FIELDS)[number];
type Words = { ko: string; en: string };

export type Choice = {
  /** Name of the answer, kept with the request. */
  name: string;
  title: Words;
  /** Fields without which the answer says nothing. Everything may carry a note. */
  needs: readonly Field[];
  /** Fields that it may carry besides. */
  may: readonly Field[];
};

export type KindSpec = {
  title: Words;
  /** Business hours of the addressee until an answer is due. */
  hours: number;
  /** What the question may carry. */
  question: readonly Field[];
  /** One-click answers, in the order of their keys: 1, 2, 3. */
  answers: readonly Choice[];
};

const choice = (name: string, ko: string, en: string, needs: Field[] = [], may: Field[] = []): Choice => ({
  name,
  title: { ko, en },
  needs,
  may: [...may, 'note'],
});

export const KIND_TABLE: Record<Kind, KindSpec> = {
  dispatch_date: {
    title: { ko: '출고일', en: 'Dispatch date' },
    hours: 4,
    question: ['on', 'note'],
    answers: [
      choice('dispatched_on', '이 날 출고', 'Leaves on this day', ['on']),
      choice('cannot_dispatch', '출고 불가', 'Cannot be dispatched'),
    ],
  },
  stock: {
    title: { ko: '재고', en: 'Stock' },
    hours: 2,
    question: ['qty', 'note'],
    answers: [
      choice('in_stock', '재고 있음', 'In stock'),
      choice('out_of_stock', '재고 없음', 'Out of stock'),
      choice('restocked', '수량·입고 예정일', 'Quantity and restock day', ['qty'], ['on']),
    ],
  },
  defect_verdict: {
    title: { ko: '하자 판정', en: 'Defect verdict' },
    hours: 8,
    question: ['symptom', 'note'],
    answers: [
      choice('defect', '하자 인정', 'Defect accepted'),
      choice('no_defect', '하자 불인정', 'No defect', ['note']),
      choice('after_collection', '회수 후 판정', 'After the goods are back'),
    ],
  },
  arrival: {
    title: { ko: '입고', en: 'Arrival of returned goods' },
    hours: 4,
    question: ['trackingNo', 'note'],
    answers: [choice('arrived', '입고됨', 'Arrived', [], ['on']), choice('not_yet', '아직 안 옴', 'Not yet')],
  },
  invoice_check: {
    title: { ko: '송장 확인', en: 'Waybill check' },
    hours: 2,
    question: ['trackingNo', 'carrier', 'note'],
    answers: [
      choice('right', '송장 맞음', 'Waybill is right'),
      choice('corrected', '정정 송장번호', 'Corrected waybill number', ['trackingNo'], ['carrier']),
    ],
  },
  question: {
    title: { ko: '일반 문의', en: 'Question' },
    hours: 8,
    question: ['note'],
    answers: [choice('answered', '답변', 'Answer', ['note'])],
  },
  order_change: {
    title: { ko: '주문 변경', en: 'Order change' },
    hours: 2,
    question: ['note'],
    answers: [
      choice('confirmed', '변경 가능', 'Can be changed'),
      choice('refused', '변경 불가', 'Cannot be changed', ['note']),
    ],
  },
};

export type Answer = { choice: string } & { [F in Field]?: string | number | undefined };
export type Question = { [F in Field]?: string | number | undefined };

/**
 * Whether an answer says what its kind asks: null when it does, else what is wrong. A field that the choice does not
 * have is wrong too: nobody would read it.
 */
export function whyNoAnswer(
  kind: Kind,
  answer: Answer,
): { code: 'choice_unknown' } | { code: Misfit; field: Field } | null {
  const found = KIND_TABLE[kind].answers.find(({ name }) => name === answer.choice);
  if (!found) return { code: 'choice_unknown' };
  const missing = found.needs.find((field) => answer[field] === undefined);
  if (missing) return { code: 'field_missing', field: missing };
  return misfit([...found.needs, ...found.may], answer);
}

/** Whether a question carries only what its kind has; a general question needs its words. */
export function whyNoQuestion(kind: Kind, question: Question): { code: Misfit; field: Field } | null {
  if (kind === 'question' && question.note === undefined) return { code: 'field_missing', field: 'note' };
  return misfit(KIND_TABLE[kind].question, question);
}

type Misfit = 'field_missing' | 'field_unknown';

function misfit(allowed: readonly Field[], given: Question): { code: 'field_unknown'; field: Field } | null {
  const stray = FIELDS.find((field) => given[field] !== undefined && !allowed.includes(field));
  return stray ? { code: 'field_unknown', field: stray } : null;
}
