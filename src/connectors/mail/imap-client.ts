import { type FetchMessageObject, ImapFlow, type MessageStructureObject } from 'imapflow';
import type { Failure } from '../port.ts';
import { checkedAddress, type Inside, type Mailbox } from './mailboxes.ts';
import { within } from './within.ts';

/** Up to where a mailbox was read. `since`: nothing that was there before (in ms) is ever filed. */
export type MailCursor = { validity: string; uid: number; since: number };
/** A message as it lies in the mailbox; `raw` is null when it is too large to be kept. */
export type Fetched = {
  uid: number;
  at: Date;
  size: number;
  raw: Buffer | null;
  head: Buffer;
  texts: Buffer[];
  left: string[];
};

/** 30 MB of files are 41 MB of base64. */
const MOST_RAW = 42_000_000;
const MOST_TEXT_PART = 2_000_000;
const CONNECT_MS = 15_000;
/** Servers end an IDLE after half an hour (RFC 2177). */
const IDLE_MS = 25 * 60_000;
const WEEK_MS = 7 * 86_400_000;

/** A mailbox that is open: pure reading, nothing in it is changed but \Seen. */
export type OpenMailbox = {
  validity: string;
  /** Where to begin when it was never read: behind all, or before the oldest of the last week that nobody has read. */
  begin: (now: Date) => Promise<MailCursor>;
  /** Uids behind `uid`, ascending. */
  uidsAfter: (uid: number) => Promise<number[]>;
  fetch: (uid: number) => Promise<Fetched | null>;
  markSeen: (uids: readonly number[]) => Promise<void>;
  /** Resolves when something may have come in, or the connection is gone. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
};

/** Opens INBOX. Answers why not, instead of throwing. */
export async function openMailbox(mailbox: Mailbox, inside: Inside): Promise<OpenMailbox | Failure> {
  const address = await checkedAddress(mailbox.imap, inside).catch((error: unknown) => failureOf(error));
  if (address === null) return blocked;
  if (typeof address !== 'string') return address;
  const client = new ImapFlow({
    ...{ host: address, port: mailbox.imap.port, secure: mailbox.imap.tls === 'implicit' },
    ...(mailbox.imap.tls === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(mailbox.imap.tls === 'none' ? { doSTARTTLS: false } : {}),
    tls: { servername: mailbox.imap.host },
    auth: { user: mailbox.user, pass: mailbox.password },
    ...{ logger: false, maxIdleTime: IDLE_MS, autoIdleDelay: 20, missingIdleCommand: 'NOOP', qresync: false },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: Math.min(CONNECT_MS, mailbox.silenceMs) },
    ...{ socketTimeout: mailbox.silenceMs, maxLiteralSize: MOST_RAW + 1_000_000, disableAutoEnable: true },
  });
  // Errors come out of the commands too; without a hearer the process would end.
  client.on('error', () => undefined);
  try {
    await within(client.connect(), CONNECT_MS * 2);
    await within(client.mailboxOpen('INBOX'), mailbox.silenceMs);
  } catch (error) {
    client.close();
    return failureOf(error);
  }
  return opened(client, mailbox.silenceMs);
}

const blocked: Failure = { ok: false, kind: 'permanent', code: 'address_inside', message: '' };

function opened(client: ImapFlow, silenceMs: number): OpenMailbox {
  const box = () => {
    if (!client.usable || !client.mailbox) throw new Error('the connection is gone');
    return client.mailbox;
  };
  const numbers = (found: unknown) => (Array.isArray(found) ? (found as number[]).toSorted((a, b) => a - b) : []);
  return {
    validity: String(box().uidValidity),
    async begin(now) {
      const { uidValidity, uidNext } = box();
      const lately = { since: new Date(now.getTime() - WEEK_MS), seen: false };
      const [oldest] = numbers(await within(client.search(lately, { uid: true }), silenceMs));
      const first = oldest
        ? await within(client.fetchOne(String(oldest), { internalDate: true }, { uid: true }), silenceMs)
        : null;
      const at = first ? dateOf(first, now).getTime() : now.getTime() - 60_000;
      return { validity: String(uidValidity), uid: (oldest ?? uidNext) - 1, since: at };
    },
    async uidsAfter(uid) {
      box();
      // '5:*' names the newest even when it is older than 5.
      const found = numbers(await within(client.search({ uid: `${uid + 1}:*` }, { uid: true }), silenceMs));
      return found.filter((it) => it > uid);
    },
    fetch: (uid) => fetchMessage(client, uid, silenceMs),
    async markSeen(uids) {
      if (uids.length > 0) await within(client.messageFlagsAdd(uids.join(','), ['\\Seen'], { uid: true }), silenceMs);
    },
    wait: hearNews(client),
    async close() {
      await within(client.logout(), 2_000).catch(() => undefined);
      client.close();
    },
  };
}

const dateOf = ({ internalDate }: FetchMessageObject, now: Date) => (internalDate ? new Date(internalDate) : now);

/** The structure is asked for first: what is too large comes as its head and its texts. */
async function fetchMessage(client: ImapFlow, uid: number, silenceMs: number): Promise<Fetched | null> {
  const one = String(uid);
  const facts = await within(
    client.fetchOne(one, { size: true, internalDate: true, bodyStructure: true, headers: true }, { uid: true }),
    silenceMs,
  );
  if (!facts) return null;
  const common = { uid, at: dateOf(facts, new Date()), size: facts.size ?? 0, head: facts.headers ?? Buffer.alloc(0) };
  if (common.size <= MOST_RAW) {
    const whole = await within(client.fetchOne(one, { source: true }, { uid: true }), silenceMs * 5);
    const raw = whole ? whole.source : undefined;
    return raw ? { ...common, raw, texts: [], left: [] } : null;
  }
  const { texts, left } = partsOf(facts.bodyStructure);
  const kept: Buffer[] = [];
  for (const { part, head } of texts.slice(0, 4)) {
    const body = await within(
      client.fetchOne(one, { bodyParts: [{ key: part, maxLength: MOST_TEXT_PART }] }, { uid: true }),
      silenceMs * 5,
    );
    const bytes = body ? body.bodyParts?.get(part) : undefined;
    if (bytes) kept.push(Buffer.concat([Buffer.from(head), bytes]));
  }
  return { ...common, raw: null, texts: kept, left };
}

type Part = { part: string; head: string };

function partsOf(structure: MessageStructureObject | undefined): { texts: Part[]; left: string[] } {
  const texts: Part[] = [];
  const left: string[] = [];
  const walk = (node: MessageStructureObject): void => {
    for (const child of node.childNodes ?? []) walk(child);
    if (node.childNodes?.length) return;
    const name = node.dispositionParameters?.filename ?? node.parameters?.name;
    const isText = /^text\/(plain|html)$/.test(node.type ?? '') && node.disposition !== 'attachment' && !name;
    if (!isText) {
      left.push(`${name ?? node.type} (${Math.round((node.size ?? 0) / 1_000_000)}MB)`);
      return;
    }
    const charset = node.parameters?.charset;
    const type = `Content-Type: ${node.type}${charset ? `; charset="${charset}"` : ''}`;
    texts.push({
      part: node.part ?? '1',
      head: `${type}\r\nContent-Transfer-Encoding: ${node.encoding ?? '7bit'}\r\n\r\n`,
    });
  };
  if (structure) walk(structure);
  return { texts, left: left.slice(0, 50) };
}

/** imapflow idles by itself while nothing is asked; the other side says when something has come, also meanwhile. */
function hearNews(client: ImapFlow): (ms: number, signal: AbortSignal) => Promise<void> {
  let news = false;
  let wake: (() => void) | null = null;
  client.on('exists', () => {
    news = true;
    wake?.();
  });
  client.on('close', () => wake?.());
  return async (ms, signal) => {
    if (!news && !signal.aborted && client.usable) {
      await new Promise<void>((done) => {
        wake = () => {
          clearTimeout(timer);
          if (wake) signal.removeEventListener('abort', wake);
          done();
        };
        const timer = setTimeout(wake, ms);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    news = false;
  };
}

/** Why a mailbox could not be read: whose matter it is, and what the server said, without the password. */
export function failureOf(error: unknown): Failure {
  const it = error as { code?: string; authenticationFailed?: boolean; responseText?: string; message?: string };
  const message = String(it.responseText ?? it.message ?? error).slice(0, 200);
  const fail = (kind: Failure['kind'], code: string): Failure => ({ ok: false, kind, code, message });
  if (it.authenticationFailed) return fail('auth', 'password_refused');
  if (it.code === 'ENOTFOUND' || it.code === 'EAI_AGAIN') return fail('transient', 'no_such_host');
  if (/TIMEOUT|ETIMEDOUT/i.test(`${it.code} ${message}`)) return fail('transient', 'timeout');
  if (/CERT|SELF_SIGNED|TLS|SSL/i.test(`${it.code}`)) return fail('transient', 'certificate');
  return fail('transient', 'network');
}
