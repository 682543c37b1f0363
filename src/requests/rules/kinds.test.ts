import { expect, test } from 'vitest';
import { FIELDS, KIND_TABLE, KINDS, whyNoAnswer, whyNoQuestion } from './kinds.ts';

const VALUES = { on: '2026-11-27', qty: 3, trackingNo: '123456', carrier: 'kr.lotte', symptom: '터짐', note: '확인함' };

test('each choice of each kind is an answer with its fields, and none without one that it needs', () => {
  for (const kind of KINDS) {
    for (const { name, needs } of KIND_TABLE[kind].answers) {
      const full = { choice: name, ...Object.fromEntries(needs.map((field) => [field, VALUES[field]])) };
      expect(whyNoAnswer(kind, full), `${kind} ${name}`).toBeNull();
      for (const field of needs) {
        expect(whyNoAnswer(kind, { ...full, [field]: undefined })).toEqual({ code: 'field_missing', field });
      }
    }
  }
});

test('a choice of another kind is none, and a field that the choice does not have is told', () => {
  expect(whyNoAnswer('stock', { choice: 'defect' })).toEqual({ code: 'choice_unknown' });
  expect(whyNoAnswer('stock', { choice: 'in_stock', trackingNo: '1' })).toEqual({
    code: 'field_unknown',
    field: 'trackingNo',
  });
});

test('a question carries only the fields of its kind; a general one needs its words', () => {
  expect(whyNoQuestion('question', {})).toEqual({ code: 'field_missing', field: 'note' });
  expect(whyNoQuestion('stock', { qty: 2, note: '급합니다' })).toBeNull();
  expect(whyNoQuestion('stock', { symptom: '터짐' })).toEqual({ code: 'field_unknown', field: 'symptom' });
  for (const kind of KINDS) {
    const all = Object.fromEntries(KIND_TABLE[kind].question.map((field) => [field, VALUES[field]]));
    expect(whyNoQuestion(kind, { note: 'x', ...all })).toBeNull();
  }
});

test('every kind has hours, names in both languages and at most nine one-key answers', () => {
  for (const kind of KINDS) {
    const { hours, title, answers } = KIND_TABLE[kind];
    expect(hours).toBeGreaterThan(0);
    expect([title.ko, title.en].every(Boolean)).toBe(true);
    expect(answers.length).toBeLessThanOrEqual(9);
    expect(answers.every(({ needs, may }) => [...needs, ...may].every((field) => FIELDS.includes(field)))).toBe(true);
  }
});
