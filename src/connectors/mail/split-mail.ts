import { Splitter } from '@zone-eu/mailsplit';
import type { Latin1 } from './header-text.ts';
import { readStructured, type Structured } from './header-text.ts';

/** A part of a message that is no container: its headers and its bytes, decoded from base64 and the like only. */
export type MailPart = {
  /** Containers around it, outermost first: 'multipart/mixed', 'multipart/alternative'. */
  within: string[];
  type: Structured;
  disposition: Structured;
  contentId: string | null;
  headers: Headers;
  bytes: Buffer;
};
export type Headers = ReadonlyMap<string, readonly Latin1[]>;
export type SplitMail = { headers: Headers; parts: MailPart[]; problems: string[] };

const MOST_PARTS = 500;
const MOST_HEAD_BYTES = 2_000_000;

type Node = {
  parent: Node | null;
  own: { headers: Headers; type: Structured; disposition: Structured };
  chunks: Buffer[];
};

/** First value of a header. */
export const first = (headers: Headers, name: string): Latin1 | undefined => headers.get(name)?.[0];

/** Header lines by their name in small letters; folded ones unfolded. Lines that are no header are passed over. */
export function readHeaders(block: Buffer): Headers {
  const headers = new Map<string, Latin1[]>();
  const lines = block
    .toString('latin1')
    .replaceAll('\0', '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n(?=[ \t])/g, '')
    .split('\n');
  for (const line of lines) {
    const found = /^([!-9;-~]{1,100})[ \t]*:(.*)$/s.exec(line);
    if (!found) continue;
    const name = (found[1] as string).toLowerCase();
    const list = headers.get(name) ?? [];
    if (list.length < 100) list.push((found[2] as string).trim());
    headers.set(name, list);
  }
  return headers;
}

/**
 * Takes a raw message apart. mailsplit (what mailparser stands on) finds the parts and leaves their bytes alone, as
 * mailparser does not: it decodes charsets, several of the Korean ones wrongly. Never throws: what cannot be taken
 * apart is one part, named in `problems`.
 */
export async function splitMail(raw: Buffer): Promise<SplitMail> {
  const problems: string[] = [];
  const nodes: Node[] = [];
  const known = new Map<unknown, Node>();
  const splitter = new Splitter({ maxHeadSize: MOST_HEAD_BYTES, maxChildNodes: MOST_PARTS, ignoreEmbedded: true });
  splitter.end(raw);
  try {
    for await (const chunk of splitter as AsyncIterable<Chunk>) {
      if (chunk.type === 'node') {
        const node = nodeOf(chunk, known.get(chunk.parentNode) ?? null);
        known.set(chunk, node);
        nodes.push(node);
      } else if (chunk.type === 'body' && chunk.value) known.get(chunk.node)?.chunks.push(chunk.value);
    }
  } catch {
    problems.push('unreadable');
  }
  const root = nodes[0];
  if (!root) return { headers: readHeaders(headOf(raw)), parts: [], problems };
  if (root.own.type.value.startsWith('multipart/') && nodes.length === 1) return unsplit(root, raw, problems);
  const parts = nodes.filter(({ own }) => !own.type.value.startsWith('multipart/')).map(partOf);
  return { headers: root.own.headers, parts, problems };
}

type Chunk =
  | { type: 'node'; parentNode: unknown; headers: { build: () => Buffer } | false }
  | { type: 'body' | 'data'; node: unknown; value?: Buffer };

function nodeOf(chunk: Extract<Chunk, { type: 'node' }>, parent: Node | null): Node {
  const headers = readHeaders(chunk.headers ? chunk.headers.build() : Buffer.alloc(0));
  const type = readStructured(first(headers, 'content-type'));
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(type.value)) type.value = 'text/plain';
  return {
    parent,
    own: { headers, type, disposition: readStructured(first(headers, 'content-disposition')) },
    chunks: [],
  };
}

const headOf = (raw: Buffer) => {
  const end = /\r?\n\r?\n/.exec(raw.subarray(0, MOST_HEAD_BYTES).toString('latin1'));
  return raw.subarray(0, end ? end.index : Math.min(raw.length, MOST_HEAD_BYTES));
};

/** A container whose boundary never comes: all of it as text, so that nothing is lost. */
function unsplit(root: Node, raw: Buffer, problems: string[]): SplitMail {
  const type = { value: 'text/plain', params: {} };
  const bytes = raw.subarray(headOf(raw).length);
  const part = {
    within: [],
    type,
    disposition: root.own.disposition,
    contentId: null,
    headers: root.own.headers,
    bytes,
  };
  return { headers: root.own.headers, parts: [part], problems: [...problems, 'no_boundary'] };
}

function partOf(node: Node): MailPart {
  const within: string[] = [];
  for (let up = node.parent; up; up = up.parent) within.unshift(up.own.type.value);
  const { headers, type, disposition } = node.own;
  const contentId = (first(headers, 'content-id') ?? '').replaceAll(/[<>\s]/g, '') || null;
  const encoding = (first(headers, 'content-transfer-encoding') ?? '').replaceAll(/["\s]/g, '').toLowerCase();
  return { within, type, disposition, contentId, headers, bytes: decoded(Buffer.concat(node.chunks), encoding) };
}

/** Bytes behind their transfer encoding; one that is unknown is none. */
function decoded(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return bytes;
  const lines = bytes.toString('latin1').split('\n').map(withoutTrail);
  return Buffer.from(
    lines
      .join('\n')
      .replaceAll(/=\n/g, '')
      .replaceAll(/=([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

/** A line without the blanks that mail servers may add at its end. A regular expression would take squared time. */
function withoutTrail(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line[end - 1] as string)) end -= 1;
  return line.slice(0, end);
}
