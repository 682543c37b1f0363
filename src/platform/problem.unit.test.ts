import { expect, test } from 'vitest';
import { z } from 'zod';
import { refusal, refuse } from './operation.ts';
import { parseInput, pathOf, refusalProblem } from './problem.ts';

const input = z.strictObject({ lines: z.array(z.strictObject({ qty: z.int().min(1) })), note: z.string().max(5) });

test('field errors carry the path and the words of the caller', () => {
  const wrong = { lines: [{ qty: 1 }, { qty: 0 }], note: 'too long' };
  const ko = parseInput(input, wrong, 'ko');
  const en = parseInput(input, wrong, 'en');
  expect('errors' in ko && ko.errors.map((e) => e.path)).toEqual(['lines[1].qty', 'note']);
  expect('errors' in ko && ko.errors[0]?.message).toMatch(/[가-힣]/);
  expect('errors' in en && en.errors[0]?.message).not.toMatch(/[가-힣]/);
});

test('an unknown field is refused with its own path', () => {
  const answer = parseInput(input, { lines: [{ qty: 1, colour: 'red' }], note: '' }, 'en');
  expect('errors' in answer && answer.errors[0]?.path).toBe('lines[0].colour');
});

test('a path reads as people write it', () => {
  expect(pathOf(['lines', 2, 'qty'])).toBe('lines[2].qty');
  expect(pathOf([])).toBe('');
});

test('a refusal is told in the language of the caller with its facts, money with 원', () => {
  const specs = { short: refusal({ ko: '{shortKrw}이 모자랍니다.', en: '{shortKrw} short.' }, { shortKrw: z.int() }) };
  expect(refusalProblem(refuse('short', { shortKrw: 3_000 }), specs, 'ko')).toMatchObject({
    status: 409,
    code: 'short',
    title: '3,000원이 모자랍니다.',
    facts: { shortKrw: 3_000 },
  });
});

test('a refusal that the contract does not declare is a bug and throws', () => {
  expect(() => refusalProblem(refuse('made_up', {}), {}, 'ko')).toThrow(/made_up/);
});
