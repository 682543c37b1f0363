import { expect, test } from 'vitest';
import { parse } from '#templates/rules/syntax.ts';
import { MALLS } from './malls.ts';
import { TEMPLATE_TEXTS } from './template-texts.ts';

test('every template of the sample can be read, and is of malls that there are', () => {
  const malls = MALLS.map(({ id }) => id);
  for (const { title, malls: of, body } of TEMPLATE_TEXTS) {
    expect([title, 'wrong' in parse(body)]).toEqual([title, false]);
    for (const mall of of) expect(malls).toContain(mall);
  }
  expect(new Set(TEMPLATE_TEXTS.map(({ title }) => title)).size).toBe(TEMPLATE_TEXTS.length);
});
