import { createHash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';
import { decodeText } from './charset.ts';
import { cleanHtml, MOST_HTML, textOfHtml } from './clean-html.ts';
import { decodeHeader, type Latin1, messageIds } from './header-text.ts';
import { type Bounce, bounceOf, type Machine, machineOf } from './mail-kind.ts';
import { foldQuote } from './quoted-text.ts';
import { first, type Headers, type MailPart, splitMail } from './split-mail.ts';

export type Address = { name: string; address: string };
export type MailFile = {
  name: string;
  /** What the sender called it; what it is shows in its bytes. */
  declared: string;
  bytes: Buffer;
  /** Named by the HTML with this Content-Id. */
  cid: string | null;
  inline: boolean;
};
export type ParsedMail = {
  /** Without brackets; null when the sender gave none. */
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  from: Address | null;
  replyTo: Address | null;
  to: Address[];
  cc: Address[];
  /** All addresses that it was sent to, as far as it says: also plus-addresses of ours. */
  receivers: string[];
  subject: string;
  /** As the sender's clock has it; null when that is no date of our times. */
  date: Date | null;
  text: string;
  quoted: string | null;
  html: string | null;
  remoteImages: number;
  files: MailFile[];
  machine: Machine;
  bounce: Bounce | null;
  /** What was wrong with it: 'unreadable', 'no_boundary', 'long_html', 'long_text', 'many_files', 'winmail'. */
  problems: string[];
  /** SHA-256 of the raw bytes, for messages without an id of their own. */
  hash: string;
};

const MOST_TEXT = 200_000;
const MOST_FILES = 100;
const MOST_PEOPLE = 50;
const DAY_MS = 86_400_000;

/** Reads a raw message, however broken. Never throws: what cannot be read is told in `problems`. */
export async function parseMail(raw: Buffer, now: Date): Promise<ParsedMail> {
  const split = await splitMail(raw);
  const { headers } = split;
  const problems = [...split.problems];
  const from = addresses(headers, 'from')[0] ?? addresses(headers, 'sender')[0] ?? null;
  const subject = (decodeHeader(first(headers, 'subject') ?? '') || '').slice(0, 500);
  const body = bodyOf(split.parts, problems);
  const to = addresses(headers, 'to');
  const cc = addresses(headers, 'cc');
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) => addresses(headers, name));
  return {
    messageId: messageIds(first(headers, 'message-id'), 1)[0] ?? null,
    inReplyTo: messageIds(headers.get('in-reply-to')?.join(' ')),
    references: messageIds(headers.get('references')?.join(' ')),
    from,
    replyTo: addresses(headers, 'reply-to')[0] ?? null,
    to: to.slice(0, MOST_PEOPLE),
    cc: cc.slice(0, MOST_PEOPLE),
    receivers: [...new Set([...to, ...cc, ...delivered].map(({ address }) => address))],
    subject,
    date: dateOf(headers, now),
    ...body,
    files: filesOf(split.parts, body.used, problems),
    machine: machineOf(headers, from?.address ?? null),
    bounce: bounceOf(split, from?.address ?? null, subject),
    problems,
    hash: createHash('sha256').update(raw).digest('hex'),
  };
}

/** Addresses of a header; what has no @ is none. A list of ten thousand is read as far as is of use. */
function addresses(headers: Headers, name: string): Address[] {
  const value: Latin1 = (headers.get(name) ?? []).join(', ').slice(0, 100_000);
  if (!value) return [];
  return addressparser(value, { flatten: true })
    .map((it) => ({ name: decodeHeader(it.name ?? '').slice(0, 200), address: clean(it.address ?? '') }))
    .filter(({ address }) => /^[^\s@]+@[^\s@]+$/.test(address) && address.length <= 254);
}
const clean = (address: string) =>
  decodeText(Buffer.from(address, 'latin1'), null)
    .replaceAll(/[<>\s]/g, '')
    .toLowerCase();

/** The sender's clock, unless it is years away from ours: 1970 and 2099 are no dates of a consultation. */
function dateOf(headers: Headers, now: Date): Date | null {
  const at = new Date((first(headers, 'date') ?? '').replace(/\([^)]*\)\s*$/, ''));
  const away = now.getTime() - at.getTime();
  return Number.isNaN(away) || away < -DAY_MS || away > 3_650 * DAY_MS ? null : at;
}

const isText = ({ type, disposition }: MailPart, subtype: string) =>
  type.value === `text/${subtype}` &&
  disposition.value !== 'attachment' &&
  !disposition.params.filename &&
  !type.params.name;

type Body = Pick<ParsedMail, 'text' | 'quoted' | 'html' | 'remoteImages'> & { used: Set<MailPart> };

/** The message's text: plain where there is one, else from the HTML; its quote apart. */
function bodyOf(parts: readonly MailPart[], problems: string[]): Body {
  const texts = parts.filter((part) => isText(part, 'plain'));
  const htmls = parts.filter((part) => isText(part, 'html'));
  const plain = texts.map(plainOf).join('\n').trim();
  const source = htmls.map((part) => decodeText(part.bytes, part.type.params.charset ?? null)).join('\n');
  if (source.length > MOST_HTML) problems.push('long_html');
  const whole = plain || (source ? textOfHtml(source) : '');
  if (whole.length > MOST_TEXT) problems.push('long_text');
  const { text, quoted } = foldQuote(whole.slice(0, MOST_TEXT));
  const html = source && source.length <= MOST_HTML ? cleanHtml(source) : null;
  return {
    text,
    quoted,
    html: html?.html.trim() || null,
    remoteImages: html?.remote ?? 0,
    used: new Set([...texts, ...htmls]),
  };
}

function plainOf({ bytes, type }: MailPart): string {
  const text = decodeText(bytes, type.params.charset ?? null).replaceAll(/\r\n?/g, '\n');
  if (type.params.format?.toLowerCase() !== 'flowed') return text;
  const joined = text.replaceAll(
    /^(?!-- $)(.*) \n(?!>|-- $)/gm,
    (_, line: string) => `${line}${type.params.delsp === 'yes' ? '' : ' '}`,
  );
  return joined.replaceAll(/^ (?=>|From |\s)/gm, '');
}

function filesOf(parts: readonly MailPart[], used: ReadonlySet<MailPart>, problems: string[]): MailFile[] {
  const reports = /^(message\/delivery-status|text\/rfc822-headers)$/;
  const left = parts.filter((part) => !used.has(part) && !reports.test(part.type.value) && part.bytes.length > 0);
  if (left.length > MOST_FILES) problems.push('many_files');
  if (left.some(({ type }) => type.value === 'application/ms-tnef')) problems.push('winmail');
  return left.slice(0, MOST_FILES).map((part, index) => ({
    name: fileName(part.disposition.params.filename ?? part.type.params.name ?? '', part.type.value, index),
    declared: part.type.value,
    bytes: part.bytes,
    cid: part.contentId,
    inline: part.contentId !== null && part.disposition.value !== 'attachment',
  }));
}

const ENDINGS: Record<string, string> = {
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'text/html': '.html',
};

/** A name that is safe to save under: no path, no control or direction characters, not too long, its ending kept. */
export function fileName(given: string, type: string, index: number): string {
  const base = given.split(/[\\/]/).at(-1) ?? '';
  const name = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .normalize('NFC');
  if (!name) return `첨부${index + 1}${ENDINGS[type] ?? ''}`;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.length <= 150 ? name : `${name.slice(0, 150 - ending.length)}${ending}`;
}
