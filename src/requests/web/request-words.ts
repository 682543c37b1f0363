import { useLanguage } from '#platform/language.tsx';
import type { ItemOf, OutputOf } from '#platform/web.ts';
import { FIELDS, KIND_TABLE } from '../rules/kinds.ts';
import { text } from './text.ts';

export type Row = ItemOf<'requests.list'>;
export type Full = OutputOf<'requests.get'>;
type Answer = NonNullable<Row['answer']>;

/** Words of a kind and of an answer: `수량·입고 예정일 5 · 2026-12-01`. */
export function useRequestWords() {
  const language = useLanguage();
  const t = text[language];
  const kind = (row: Pick<Row, 'kind'>) => KIND_TABLE[row.kind].title[language];
  const answer = (row: Pick<Row, 'kind'>, given: Answer) => {
    const choice = KIND_TABLE[row.kind].answers.find(({ name }) => name === given.choice);
    const facts = FIELDS.filter((field) => field !== 'note' && given[field] !== undefined).map((field) => given[field]);
    return [choice?.title[language] ?? given.choice, ...facts].join(' ');
  };
  const question = (row: Pick<Row, 'question'>) =>
    FIELDS.filter((field) => field !== 'note' && row.question[field] !== undefined)
      .map((field) => `${t[field]} ${row.question[field]}`)
      .join(' · ');
  return { kind, answer, question, language };
}
