import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPassword, PASSWORD_MAX, PASSWORD_MIN } from './password.ts';

const person = { email: 'seoyeon.kim@example.com', name: '김서연' };
const code = (password: string) => checkPassword(password, person)?.code ?? 'fine';

test('ten characters of two kinds are enough, nine are not', () => {
  expect(code('pinetree-7')).toBe('fine');
  expect(code('pinetree7')).toBe('password_too_short');
  expect(code('푸른바다건너온고래')).toBe('password_too_short');
  expect(code('푸른바다건너온고래7')).toBe('fine');
});

test('one kind alone is too simple, however long', () => {
  for (const password of ['pinetreeforest', '4079241586', '푸른바다건너온고래들', 'PineTreeForest']) {
    expect([password, code(password)]).toEqual([password, 'password_too_simple']);
  }
});

test('what others would try first is refused', () => {
  for (const password of [
    'Password-99',
    'qwerty-2026!',
    'seoyeon.kim-1',
    '김서연-2026-봄',
    'pine-12345-x',
    'pine-aaaaa-1',
    'pine-54321-x',
  ]) {
    expect([password, code(password)]).toEqual([password, 'password_guessable']);
  }
});

test('length decides at the edges, whatever the characters', () => {
  const chars = fc.constantFrom('가', '힣', 'x', 'Q', '7', '#', '🙂');
  fc.assert(
    fc.property(fc.array(chars, { minLength: 0, maxLength: PASSWORD_MAX + 5 }), (letters) => {
      const found = code(letters.join(''));
      expect(found === 'password_too_short').toBe(letters.length < PASSWORD_MIN);
      expect(found === 'password_too_long').toBe(letters.length > PASSWORD_MAX);
    }),
  );
});

test('a name of one or two letters forbids nothing', () => {
  expect(checkPassword('pine-ho-tree-7', { email: 'ho@example.com', name: '호' })).toBeNull();
});
