import { expect, test } from 'vitest';
import { caseWords } from './case-words.ts';

test('a question and its answer stand on the case in words, with all that they carry', () => {
  expect(caseWords('stock', { qty: 2 }, { kind: 'asked', text: '교환 재고 있나요?', to: '코튼브릿지' })).toBe(
    '[재고] 코튼브릿지에 물음 · 수량 2 · 교환 재고 있나요?',
  );
  const answer = { choice: 'restocked', qty: 5, on: '2026-12-01', note: '화요일 입고' };
  expect(caseWords('stock', {}, { kind: 'answered', text: '화요일 입고', answer })).toBe(
    '[재고] 답: 수량·입고 예정일 · 날짜 2026-12-01 · 수량 5 · 화요일 입고',
  );
});

test('a talk, a withdrawal and a change of whom is asked stand there too; reminders do not', () => {
  expect(caseWords('question', {}, { kind: 'said', text: '오후에 확인할게요' })).toBe(
    '[일반 문의] 대화 · 오후에 확인할게요',
  );
  expect(caseWords('stock', {}, { kind: 'withdrawn', text: null })).toBe('[재고] 요청을 거둠');
  expect(caseWords('stock', {}, { kind: 'reassigned', text: null, to: '윤태호' })).toBe('[재고] 윤태호에 넘겨 물음');
  expect(caseWords('stock', {}, { kind: 'reminded', text: null })).toBeNull();
});
