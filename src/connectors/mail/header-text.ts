import { decodeText } from './charset.ts';

/** Header values come as latin1: one character is one byte of the message. */
export type Latin1 = string;

const WORD = /=\?([^?\s]{1,60})\?([bBqQ])\?(?:([^?]*)\?=|([^?\s]*)(?=\s|$))/g;

type Word = { charset: string; base64: boolean; body: string };

const fromQ = (body: string): Buffer =>
  Buffer.from(
    body
      .replaceAll('_', ' ')
      .replaceAll(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

/**
 * Bytes of words that stand side by side. They are joined before they are decoded: many programs cut in the middle of
 * a character, some in the middle of four base64 digits.
 */
function bytesOf(words: readonly Word[]): Buffer {
  const parts: Buffer[] = [];
  let base64 = '';
  const flush = () => {
    if (base64) parts.push(Buffer.from(base64, 'base64'));
    base64 = '';
  };
  for (const word of words) {
    if (!word.base64) {
      flush();
      parts.push(fromQ(word.body));
      continue;
    }
    const digits = word.body.replaceAll(/\s/g, '');
    base64 += digits;
    if (digits.endsWith('=') || base64.length % 4 === 0) flush();
  }
  flush();
  return Buffer.concat(parts);
}

/** A header's text: encoded words (RFC 2047) also where they are broken, raw 8-bit text, folded lines. */
export function decodeHeader(value: Latin1): string {
  let out = '';
  let from = 0;
  let run: Word[] = [];
  const flush = () => {
    if (run[0]) out += decodeText(bytesOf(run), run[0].charset);
    run = [];
  };
  for (const found of value.matchAll(WORD)) {
    const between = value.slice(from, found.index);
    const charset = (found[1] as string).toLowerCase();
    const word = { charset, base64: found[2]?.toLowerCase() === 'b', body: found[3] ?? found[4] ?? '' };
    if (/\S/.test(between) || (run[0] && run[0].charset !== charset)) flush();
    if (/\S/.test(between) || (from === 0 && between)) out += plain(between);
    run.push(word);
    from = found.index + found[0].length;
  }
  flush();
  return (out + plain(value.slice(from))).replaceAll(/\s+/g, ' ').trim();
}

const plain = (text: Latin1) => (text ? decodeText(Buffer.from(text, 'latin1'), null) : '');

/** A header like Content-Type: its value, and its parameters as the message has them. */
export type Structured = { value: string; params: Record<string, string> };

/** Cuts at semicolons outside of quotes. */
function cut(text: Latin1): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"?|[^;"])+/g) ?? [];
}

const unquote = (text: string) =>
  text.startsWith('"')
    ? text
        .slice(1)
        .replace(/"\s*$/, '')
        .replaceAll(/\\(["\\])/g, '$1')
    : text;

/** Reads parameters, also those in pieces and with a charset (RFC 2231), or as encoded words, or as raw bytes. */
export function readStructured(header: Latin1 | undefined): Structured {
  const [value = '', ...rest] = cut(header ?? '');
  const plainParams = new Map<string, string>();
  const pieces = new Map<string, { at: number; encoded: boolean; text: string }[]>();
  for (const part of rest.slice(0, 200)) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    const name = part.slice(0, equals).trim().toLowerCase();
    const text = unquote(part.slice(equals + 1).trim());
    const cutName = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (!cutName) {
      if (!plainParams.has(name)) plainParams.set(name, text);
      continue;
    }
    const [, base = '', at, star] = cutName;
    const list = pieces.get(base) ?? [];
    list.push({ at: Number(at ?? 0), encoded: at === undefined || star === '*', text });
    pieces.set(base, list);
  }
  const params: Record<string, string> = Object.create(null);
  for (const [name, text] of plainParams) params[name] = decodeHeader(text);
  for (const [name, list] of pieces) params[name] = join(list);
  return {
    value: value
      .replaceAll(/\(.*\)/g, '')
      .trim()
      .toLowerCase(),
    params,
  };
}

function join(list: { at: number; encoded: boolean; text: string }[]): string {
  const sorted = [...list].sort((a, b) => a.at - b.at);
  let charset: string | null = null;
  const bytes = sorted.map(({ encoded, text }, index) => {
    if (!encoded) return Buffer.from(text, 'latin1');
    const declared = index === 0 ? /^([^']*)'[^']*'(.*)$/s.exec(text) : null;
    if (declared) charset = declared[1] || null;
    const body = declared ? (declared[2] ?? '') : text;
    return Buffer.from(
      body.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    );
  });
  return decodeText(Buffer.concat(bytes), charset);
}

/** Ids between angle brackets, in their order, each once; of a list without brackets its words that hold an @. */
export function messageIds(value: Latin1 | undefined, most = 200): string[] {
  const text = (value ?? '').slice(0, 100_000);
  const inBrackets = [...text.matchAll(/<([^<>\s]{1,500})>/g)].map((found) => found[1] as string);
  const bare = inBrackets.length > 0 ? [] : text.split(/[\s,]+/).filter((word) => /^[^@]+@[^@]+$/.test(word));
  const ids = [...inBrackets, ...bare.map((word) => word.slice(0, 500))].map(idText);
  return [...new Set(ids)].slice(-most);
}
// What is not ASCII in an id is kept byte by byte: it only has to be the same each time.
const idText = (id: string) => id.replaceAll('\0', '');
