import type { Node, Test } from './syntax.ts';
import type { Facts, Variable } from './variables.ts';

const BLANK = /\[\[([^[\]\n]+)\]\]/g;

const shown = (name: Variable, value: string | number): string =>
  typeof value === 'number' ? `${value.toLocaleString('ko-KR')}${name === '결제금액' ? '원' : ''}` : value;

/** A value cannot make a blank of its own, nor open one. */
const plain = (text: string): string => text.replaceAll('[[', '[ [');

const has = (facts: Facts, name: Variable): boolean =>
  Object.hasOwn(facts, name) && facts[name] !== undefined && facts[name] !== '';

function holds({ name, not, op, value }: Test, facts: Facts): boolean {
  const known = has(facts, name);
  const fact = known ? (facts[name] as string | number) : '';
  const amount = (text: string | number) => (typeof text === 'number' ? text : Number(text.replaceAll(/[,원\s]/g, '')));
  const result =
    op === null
      ? known
      : op === '='
        ? String(fact) === value || shown(name, fact) === value
        : op === '!='
          ? String(fact) !== value && shown(name, fact) !== value
          : op === '>'
            ? known && amount(fact) > amount(value)
            : known && amount(fact) < amount(value);
  return not ? !result : result;
}

/**
 * What a template says of a case. What is not known becomes a blank with its name, so that nothing goes to a customer as
 * "undefined" or with a hole.
 */
export function render(nodes: readonly Node[], facts: Facts): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return plain(node.text);
      if (node.kind === 'blank') return `[[${node.label}]]`;
      if (node.kind === 'condition') return render(holds(node.test, facts) ? node.met : node.otherwise, facts);
      if (has(facts, node.name)) return plain(shown(node.name, facts[node.name] as string | number));
      return node.instead === null ? `[[${node.name}]]` : plain(node.instead);
    })
    .join('');
}

export type Blank = { label: string; from: number; to: number };

/** The blanks of a text, in their order: where the caret goes by Tab, and why it cannot be sent yet. */
export const blanksIn = (text: string): Blank[] =>
  [...text.matchAll(BLANK)].map((match) => ({
    label: match[1] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }));

export const hasBlanks = (text: string): boolean => blanksIn(text).length > 0;

/** The next blank after the caret, from the beginning again after the last one; null when there is none. */
export function nextBlank(text: string, caret: number): Blank | null {
  const blanks = blanksIn(text);
  return blanks.find(({ from }) => from >= caret) ?? blanks[0] ?? null;
}
