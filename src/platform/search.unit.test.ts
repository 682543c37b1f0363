import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalise, otherKeyboard, searchDocument, searchQuery } from './search.ts';

/** Whether PostgreSQL would find the document: its tokens fit the tsquery, and the recheck holds. */
function found(typed: string, fields: Parameters<typeof searchDocument>[0]): boolean {
  const query = searchQuery(typed);
  if (!query) return false;
  const { search, search_text } = searchDocument(fields);
  const tokens = search.split(' ');
  const fits = query.tsquery.split(' | ').some((reading) =>
    reading
      .replace(/[()]/g, '')
      .split(' & ')
      .every((term) => {
        const [, token = '', prefix] = term.match(/^'([^']+)'(:\*)?$/) ?? [];
        return prefix ? tokens.some((one) => one.startsWith(token)) : tokens.includes(token);
      }),
  );
  return fits && query.needles.some((needle) => search_text.includes(needle));
}

test('any part of a text finds it, whatever stands between the letters', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'배송지연라벤더a1B-. 7ㅋ'), minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      (text, from, length) => {
        const word = normalise(text);
        fc.pre(word.length > 0);
        const start = from % word.length;
        const part = word.slice(start, start + 1 + (length % (word.length - start)));
        // Of digits alone four are found anywhere in a text; fewer only where a pair of letters begins with them.
        fc.pre(!/^\d+$/.test(part));
        expect(found(part, { texts: [text] })).toBe(true);
      },
    ),
  );
});

test.each([
  ['벤더 디퓨', true],
  ['A1234-BK', true],
  ['a1234bk', true],
  ['ㅈㄱㄴㄹ', true],
  ['ㄱㄴ', true],
  ['4477', true],
  ['010-0000-4477', true],
  ['660077001177', true],
  ['20261101', true],
  ['BAR-20261101-77', true],
  ['BAR-20261102', false],
  ['fkqpsej', true],
  ['퓨더', false],
  ['7744', false],
  ['나래라벤', false],
  ['-', false],
])('%s is found in an order: %s', (typed, expected) => {
  const fields = {
    names: ['제갈나래'],
    texts: ['라벤더 디퓨저', 'A1234-BK'],
    phones: ['010-0000-4477'],
    numbers: ['BAR-20261101-77', '660077001177'],
  };
  expect(found(typed, fields)).toBe(expected);
});

test('four digits are looked for at the ends of phones, then of numbers, then inside, nothing twice', () => {
  const bands = searchQuery('4477')?.bands;
  expect(bands).toEqual(["'~4477'", "'#4477' & !'~4477'", "'4477' & !'~4477' & !'#4477'"]);
  expect(searchQuery('44771')?.bands).toHaveLength(1);
});

test('the fast way to normalise gives what the full one gives', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'가힣ㄱㅣaZ09 ~!-·…\n'), maxLength: 40 }), (text) => {
      expect(normalise(text)).toBe(
        text
          .normalize('NFC')
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, ''),
      );
    }),
  );
});

test('decomposed Hangul is found by composed and the other way round', () => {
  expect(found('배송', { texts: ['배송 지연'.normalize('NFD')] })).toBe(true);
  expect(found('배송'.normalize('NFD'), { texts: ['배송 지연'] })).toBe(true);
});

test('Korean typed on the Latin keyboard is understood', () => {
  expect(otherKeyboard('qothd')).toBe('배송');
  expect(otherKeyboard('hello!')).toBeNull();
  expect(otherKeyboard('x')).toBeNull();
});
