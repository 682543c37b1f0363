import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits, inOrder, nearness } from './choose.ts';
import { blanksIn, hasBlanks, nextBlank, render } from './render.ts';
import { type Node, type Op, parse, print } from './syntax.ts';
import { EXAMPLE, type Facts, NAMES } from './variables.ts';

const nodesOf = (source: string): Node[] => {
  const parsed = parse(source);
  if ('wrong' in parsed) throw new Error(JSON.stringify(parsed.wrong));
  return parsed.nodes;
};
const say = (source: string, facts: Facts = EXAMPLE) => render(nodesOf(source), facts);
const wrongOf = (source: string) => {
  const parsed = parse(source);
  return 'wrong' in parsed ? [parsed.wrong.code, parsed.wrong.at] : null;
};

test('variables are filled, amounts with their unit, and what is not known is a blank of its name', () => {
  expect(say('{고객명} 고객님, {결제금액} 결제하셨습니다.')).toBe('김서연 고객님, 79,600원 결제하셨습니다.');
  expect(say('{배송완료일}에 도착했습니다.')).toBe('[[배송완료일]]에 도착했습니다.');
  expect(say('{배송완료일|곧} 도착합니다.')).toBe('곧 도착합니다.');
});

test('conditions: known or not, equal, more and less, with what is said otherwise', () => {
  expect(say('{?송장번호}송장 {송장번호}{:}출고 전{/}')).toBe('송장 650811432214');
  expect(say('{?!송장번호}출고 전{/}')).toBe('');
  expect(say('{?주문상태=배송중}가는 중{:}아직{/}')).toBe('가는 중');
  expect(say('{?결제금액>50,000}무료{:}3,000원{/}')).toBe('무료');
  expect(say('{?결제금액<50000}유료{:}무료{/}')).toBe('무료');
  expect(say('{?주문상태!=배송중}아직{:}가는 중{/}')).toBe('가는 중');
});

test('what is wrong is told with its place', () => {
  expect(wrongOf('안녕 {고객}')).toEqual(['unknown_variable', 3]);
  expect(wrongOf('{고객명')).toEqual(['not_closed', 0]);
  expect(wrongOf('{?송장번호}끝이 없음')).toEqual(['not_closed', 0]);
  expect(wrongOf('끝만 {/}')).toEqual(['nothing_to_close', 3]);
  expect(wrongOf('[[ ]]')).toEqual(['empty_name', 0]);
  expect(wrongOf('{?}a{/}')).toEqual(['bad_condition', 0]);
  expect(wrongOf('{?몰}'.repeat(6) + '{/}'.repeat(6))).toEqual(['too_deep', 20]);
});

test('signs are written with a backslash', () => {
  expect(say('\\{고객명} \\[[빈칸]] \\\\')).toBe('{고객명} [ [빈칸]] \\');
});

test('names of Object are no variables, and no value is read through them', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    expect(wrongOf(`{${name}}`)).toEqual(['unknown_variable', 0]);
  expect(render(nodesOf('{고객명}'), Object.create({ 고객명: '남' }) as Facts)).toBe('[[고객명]]');
});

const words = fc.string({
  unit: fc.constantFrom('가', '나', 'a', ' ', '.', '{', '[', '\\', ']', '}', ':', '/', '?', '\n'),
});
const label = fc.string({ unit: fc.constantFrom('가', '나', '다', '1'), minLength: 1, maxLength: 6 });
const names = fc.constantFrom(...NAMES);
const ops = fc.constantFrom<Op | null>('=', '!=', '>', '<', null);
const leaf: fc.Arbitrary<Node> = fc.oneof(
  words.filter((text) => text !== '').map((text) => ({ kind: 'text' as const, text })),
  fc.record({ kind: fc.constant('variable' as const), name: names, instead: fc.option(label, { nil: null }) }),
  fc.record({ kind: fc.constant('blank' as const), label }),
);
/** Texts that meet are read as one. */
const joined = (nodes: Node[]): Node[] => {
  const done: Node[] = [];
  for (const node of nodes) {
    const last = done.at(-1);
    if (node.kind === 'text' && last?.kind === 'text') done[done.length - 1] = { ...last, text: last.text + node.text };
    else done.push(node);
  }
  return done;
};
const trees = (depth: number): fc.Arbitrary<Node[]> =>
  fc
    .array(
      depth === 0
        ? leaf
        : fc.oneof(
            { weight: 3, arbitrary: leaf },
            {
              weight: 1,
              arbitrary: fc.record({
                kind: fc.constant('condition' as const),
                test: fc
                  .record({ name: names, not: fc.boolean(), op: ops, value: label })
                  .map((made) => (made.op === null ? { ...made, value: '' } : made)),
                met: trees(depth - 1),
                otherwise: trees(depth - 1),
              }),
            },
          ),
      { maxLength: 5 },
    )
    .map(joined);
const facts = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.oneof(fc.string(), fc.integer({ min: 0, max: 10_000_000 })),
) as fc.Arbitrary<Facts>;

test('what is printed is read back as the same', () => {
  fc.assert(
    fc.property(trees(3), (nodes) => {
      expect(parse(print(nodes))).toEqual({ nodes });
    }),
  );
});

test('any text is read or told wrong within it, never thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), words), (source) => {
      const parsed = parse(source);
      if ('wrong' in parsed) expect(parsed.wrong.at).toBeLessThanOrEqual(source.length);
      else expect(typeof render(parsed.nodes, EXAMPLE)).toBe('string');
    }),
  );
});

test('blanks of the result are those of the template and of what is not known: no value makes one', () => {
  fc.assert(
    fc.property(trees(2), facts, (nodes, known) => {
      const allowed = new Set<string>(NAMES);
      const gather = (list: Node[]): void => {
        for (const node of list) {
          if (node.kind === 'blank') allowed.add(node.label);
          if (node.kind === 'condition') gather([...node.met, ...node.otherwise]);
        }
      };
      gather(nodes);
      for (const blank of blanksIn(render(nodes, known))) expect(allowed).toContain(blank.label);
    }),
  );
});

test('a hostile text is read in linear time', () => {
  const began = performance.now();
  parse('{?몰}[['.repeat(50_000));
  parse('{'.repeat(200_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('Tab goes from blank to blank and around; a text with one cannot be sent', () => {
  const text = '환불은 [[날짜]]까지 [[금액]] 입금됩니다.';
  expect(nextBlank(text, 0)?.label).toBe('날짜');
  expect(nextBlank(text, 10)?.label).toBe('금액');
  expect(nextBlank(text, text.length)?.label).toBe('날짜');
  expect(hasBlanks(text)).toBe(true);
  expect(nextBlank('없음', 0)).toBeNull();
});

test('a template is offered for its channels and malls, the nearest to the code first', () => {
  const any = { channels: null, malls: null, codes: [], title: '나', used: 9 };
  const coded = { ...any, codes: ['DLV'], title: '가', used: 0 };
  const exact = { ...any, codes: ['DLV-INFO-ETA'], title: '다', used: 0 };
  const at = { channel: 'kakao', mall: 'own', code: 'DLV-INFO-ETA' };
  expect(inOrder([any, coded, exact], at).map(({ title }) => title)).toEqual(['다', '가', '나']);
  expect(fits({ ...any, channels: ['email'] }, at)).toBe(false);
  expect(fits({ ...any, malls: ['own'] }, at)).toBe(true);
  expect(nearness(coded, { ...at, code: 'DLVX-A' })).toBe(0);
});
