import { isVariable, type Variable } from './variables.ts';

/**
 * The language of templates. Established ones (Liquid, Mustache, Handlebars) know no blanks as tab stops, name things in
 * Latin and escape for HTML; this one is four things, and nothing in it can run:
 *
 *   template  = { text | variable | blank | condition }
 *   variable  = "{" name [ "|" instead ] "}"
 *   blank     = "[[" label "]]"
 *   condition = "{?" ["!"] name [ op value ] "}" template [ "{:}" template ] "{/}"
 *   op        = "=" | "!=" | ">" | "<"
 *   text      = anything else; "\{", "\[", "\\" are the signs themselves
 */
export type Op = '=' | '!=' | '>' | '<';
export type Test = { name: Variable; not: boolean; op: Op | null; value: string };
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: Variable; instead: string | null }
  | { kind: 'blank'; label: string }
  | { kind: 'condition'; test: Test; met: Node[]; otherwise: Node[] };

export type Wrong = {
  code: 'unknown_variable' | 'not_closed' | 'nothing_to_close' | 'bad_condition' | 'empty_name' | 'too_deep';
  /** Where in the text, counted in characters from 0, and what stands there. */
  at: number;
  what: string;
};
export type Parsed = { nodes: Node[] } | { wrong: Wrong };

/** Deeper nesting is nothing that anybody reads. */
const DEEPEST = 5;
const CONDITION = /^(!?)\s*([^\s=!<>|{}]+)\s*(?:(!=|=|>|<)\s*([^{}]*))?$/;

class Failure extends Error {
  readonly wrong: Wrong;
  constructor(code: Wrong['code'], at: number, what: string) {
    super(code);
    this.wrong = { code, at, what };
  }
}

/** Reads a template, or says what is wrong with it and where. Linear in the length of the text. */
export function parse(source: string): Parsed {
  try {
    const reader = { source, at: 0 };
    const nodes = readUntil(reader, 0);
    return { nodes };
  } catch (failure) {
    if (failure instanceof Failure) return { wrong: failure.wrong };
    throw failure;
  }
}

type Reader = { source: string; at: number };

/** Nodes up to the end of the text, or within a condition up to its `{:}` or `{/}`, which stays to be read. */
function readUntil(reader: Reader, depth: number): Node[] {
  const nodes: Node[] = [];
  let text = '';
  const flush = () => {
    if (text) nodes.push({ kind: 'text', text });
    text = '';
  };
  while (reader.at < reader.source.length) {
    const { source, at } = reader;
    const two = source.slice(at, at + 2);
    if (source[at] === '\\' && /[\\{[]/.test(source[at + 1] ?? '')) {
      text += source[at + 1];
      reader.at += 2;
    } else if (source.startsWith('{/}', at) || source.startsWith('{:}', at)) {
      if (depth === 0) throw new Failure('nothing_to_close', at, source.slice(at, at + 3));
      break;
    } else if (two === '[[' || source[at] === '{') {
      flush();
      nodes.push(two === '[[' ? readBlank(reader) : two === '{?' ? readCondition(reader, depth) : readVariable(reader));
    } else {
      text += source[at];
      reader.at++;
    }
  }
  flush();
  return nodes;
}

/** What stands between the opening and its end, which is read too. */
function inside(reader: Reader, open: string, close: string): string {
  const from = reader.at + open.length;
  const end = reader.source.indexOf(close, from);
  const line = reader.source.slice(from, end);
  if (end < 0 || line.includes('\n')) throw new Failure('not_closed', reader.at, open);
  reader.at = end + close.length;
  return line.trim();
}

function readBlank(reader: Reader): Node {
  const { at } = reader;
  const label = inside(reader, '[[', ']]');
  if (label === '') throw new Failure('empty_name', at, '[[]]');
  return { kind: 'blank', label };
}

function variableAt(name: string, at: number): Variable {
  if (name === '') throw new Failure('empty_name', at, '{}');
  if (!isVariable(name)) throw new Failure('unknown_variable', at, name);
  return name;
}

function readVariable(reader: Reader): Node {
  const { at } = reader;
  const words = inside(reader, '{', '}');
  const bar = words.indexOf('|');
  const name = variableAt((bar < 0 ? words : words.slice(0, bar)).trim(), at);
  return { kind: 'variable', name, instead: bar < 0 ? null : words.slice(bar + 1).trim() };
}

function readCondition(reader: Reader, depth: number): Node {
  const { at } = reader;
  if (depth >= DEEPEST) throw new Failure('too_deep', at, '{?');
  const words = inside(reader, '{?', '}');
  const match = CONDITION.exec(words);
  if (!match) throw new Failure('bad_condition', at, words);
  const [, not, name = '', op, value] = match;
  const test: Test = {
    name: variableAt(name, at),
    not: not === '!',
    op: (op as Op | undefined) ?? null,
    value: (value ?? '').trim(),
  };
  const met = readUntil(reader, depth + 1);
  let otherwise: Node[] = [];
  if (reader.source.startsWith('{:}', reader.at)) {
    reader.at += 3;
    otherwise = readUntil(reader, depth + 1);
  }
  if (!reader.source.startsWith('{/}', reader.at)) throw new Failure('not_closed', at, `{?${words}}`);
  reader.at += 3;
  return { kind: 'condition', test, met, otherwise };
}

/** A template as its text: what `parse` reads back as the same. */
export function print(nodes: readonly Node[]): string {
  return nodes.map(printOne).join('');
}

function printOne(node: Node): string {
  if (node.kind === 'text') return node.text.replaceAll(/[\\{[]/g, (sign) => `\\${sign}`);
  if (node.kind === 'blank') return `[[${node.label}]]`;
  if (node.kind === 'variable') return node.instead === null ? `{${node.name}}` : `{${node.name}|${node.instead}}`;
  const { not, name, op, value } = node.test;
  const otherwise = node.otherwise.length > 0 ? `{:}${print(node.otherwise)}` : '';
  return `{?${not ? '!' : ''}${name}${op ?? ''}${op ? value : ''}}${print(node.met)}${otherwise}{/}`;
}
