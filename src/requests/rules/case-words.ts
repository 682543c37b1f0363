import { type Answer, FIELDS, type Field, KIND_TABLE, type Kind, type Question } from './kinds.ts';

type Entry = { kind: string; text: string | null; answer?: Answer | undefined; to?: string | undefined };

const FIELD_WORDS: Record<Field, string> = {
  on: '날짜',
  qty: '수량',
  trackingNo: '송장번호',
  carrier: '택배사',
  symptom: '증상',
  note: '내용',
};
const HAPPENED: Record<string, string> = { asked_again: '다시 물음', reopened: '다시 엶', withdrawn: '요청을 거둠' };

/**
 * How an entry of a request's thread stands on the case: `[재고] 코튼브릿지에 물음 · 수량 2 · 교환 재고 있나요?`. Korean, as
 * the record keeps what people wrote; null for what only concerns the request itself (reminders).
 */
export function caseWords(kind: Kind, question: Question, entry: Entry): string | null {
  const head = `[${KIND_TABLE[kind].title.ko}]`;
  const parts = saidIn(kind, question, entry);
  return parts && [`${head} ${parts[0]}`, ...parts.slice(1), ...(entry.text ? [entry.text] : [])].join(' · ');
}

function saidIn(kind: Kind, question: Question, { kind: what, answer, to, text }: Entry): string[] | null {
  if (what === 'said') return text ? ['대화'] : null;
  if (what === 'asked') return [`${to ?? ''}에 물음`.trim(), ...factsOf(question)];
  if (what === 'reassigned') return [`${to ?? ''}에 넘겨 물음`.trim()];
  if (what === 'answered' && answer) {
    const choice = KIND_TABLE[kind].answers.find(({ name }) => name === answer.choice);
    return [`답: ${choice?.title.ko ?? answer.choice}`, ...factsOf(answer)];
  }
  const words = HAPPENED[what];
  return words ? [words] : null;
}

const factsOf = (given: Question): string[] =>
  FIELDS.filter((field) => field !== 'note' && given[field] !== undefined).map(
    (field) => `${FIELD_WORDS[field]} ${given[field]}`,
  );
