import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJsonBody } from './json-body.ts';

const read = (text: string | Uint8Array) => readJsonBody(typeof text === 'string' ? Buffer.from(text) : text, 'en');
const pathOfFault = (text: string | Uint8Array) => {
  const body = read(text);
  return 'errors' in body ? body.errors[0] : undefined;
};

test('any JSON object of whole characters comes through as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 8 })), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('\\u0000') && !text.includes('__proto__'));
      expect(read(text)).toEqual({ value: JSON.parse(text) });
    }),
  );
});

test('an empty body is an empty object', () => {
  expect(read('')).toEqual({ value: {} });
});

test('bytes that are not UTF-8 are refused', () => {
  expect(pathOfFault(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))?.message).toBe('Not valid UTF-8.');
});

test('text that is not JSON, and JSON that is no object, are refused', () => {
  expect(pathOfFault('{"a":')?.message).toBe('Not valid JSON.');
  for (const text of ['[]', 'null', '3', '"a"']) expect(pathOfFault(text)?.message).toMatch(/JSON object/);
});

test('a NUL character or a lone surrogate is refused with the path of its field', () => {
  expect(pathOfFault('{"lines":[{},{"name":"a\\u0000"}]}')).toMatchObject({ path: 'lines[1].name', message: /NUL/ });
  expect(pathOfFault('{"a":{"b":"\\ud800"}}')).toMatchObject({ path: 'a.b', message: /surrogate/ });
  expect(pathOfFault('{"a":{"\\ud800":1}}')).toMatchObject({ message: /surrogate/ });
});

test('a body nested deeper than 32 is refused, one of 32 is not', () => {
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  expect(read(nested(32))).toHaveProperty('value');
  expect(pathOfFault(nested(34))?.message).toMatch(/deeper/);
});

test('a field called __proto__ is refused', () => {
  expect(pathOfFault('{"a":{"__proto__":{"admin":true}}}')).toMatchObject({ path: 'a.__proto__' });
});
