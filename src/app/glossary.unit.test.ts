import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The last column of the glossary's tables: words that no screen may use, with the word to use. */
const unwanted = read('docs/glossary.md')
  .split('\n')
  .filter((line) => /^\| (?!English|---)/.test(line))
  .flatMap((line) => {
    const [, english = '', korean = '', , words = ''] = line.split('|').map((cell) => cell.trim());
    return words
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
      .map((word) => ({ word, instead: /[가-힣]/.test(word) ? korean : english }));
  });

/** Where people read words: texts and parts of screens, titles and refusals of contracts, problems, faults. */
const files = globSync(
  ['src/*/web/**/*.{ts,tsx}', 'src/ui/*.{ts,tsx}', 'src/*/contract.ts', 'src/*/contract/*.ts', 'src/**/problem*.ts'],
  { cwd: root },
).filter((path) => !path.endsWith('.test.ts'));

/** Literal texts of a source: what stands in quotes and between tags. Comments and names are nobody's reading. */
function textsOf(source: string): string[] {
  const bare = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').replaceAll(/^import .*$/gm, '');
  return [...bare.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|>([^<>{}]*[가-힣][^<>{}]*)</g)].map(
    ([, single, template, between]) => single ?? template ?? between ?? '',
  );
}

/** Korean words are found inside of others, since particles follow them; a one-syllable word and English ones only whole. */
function uses(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (!/[가-힣]/.test(word)) return /\s/.test(text) && new RegExp(`\\b${escaped}\\b`, 'i').test(text);
  if (word.length > 1) return text.includes(word);
  return new RegExp(`(?<![가-힣])${escaped}(?![가-힣])`).test(text);
}

const found = (texts: readonly string[]) =>
  unwanted
    .filter(({ word }) => texts.some((text) => uses(text, word)))
    .map(({ word, instead }) => `${word} → ${instead}`);

test('no screen, refusal or title uses a word that the glossary advises against', () => {
  expect(files.length).toBeGreaterThan(20);
  const wrong = files.flatMap((path) => found(textsOf(read(path))).map((what) => `${path}: ${what}`));
  expect(wrong).toEqual([]);
});

test('such a word is found in a text, in a template and between tags, and nowhere else', () => {
  const source =
    "// 상담원\nconst t = { a: '상담원에게', b: `3건 토스`, login: 'x' };\n<p>운송장 번호</p> 'Please log in'";
  expect(found(textsOf(source)).sort()).toEqual([
    'log in → sign in',
    '상담원 → 상담사',
    '운송장 → 송장',
    '토스 → 이관',
  ]);
  expect(found(textsOf("const login = '로그인'; '잡화 상담사'"))).toEqual([]);
});

test('the glossary has a word in both languages for each thing, and advises against none that it uses itself', () => {
  const rows = read('docs/glossary.md')
    .split('\n')
    .filter((line) => /^\| (?!English|---)/.test(line));
  expect(rows.length).toBeGreaterThan(60);
  const terms = rows.flatMap((line) =>
    line
      .split('|')
      .slice(1, 3)
      .map((cell) => cell.trim()),
  );
  expect(terms.filter((term) => term === '')).toEqual([]);
  expect(found(terms)).toEqual([]);
  expect(new Set(unwanted.map(({ word }) => word)).size).toBe(unwanted.length);
});
