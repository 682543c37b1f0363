import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { channels } from '#channels/contract.ts';
import type { Fetched } from './imap-client.ts';
import { type ParsedMail, parseMail } from './parse-mail.ts';

type Accept = z.input<(typeof channels.operations.acceptMail)['input']>;
export type Mail = Accept['mail'];
/** Keeps bytes; answers their hash. */
export type Store = (bytes: Buffer) => Promise<string>;

const MOST_FILE = 30_000_000;

/** A message of a mailbox as channels accepts it: read, its bytes and files stored. */
export async function receivedMail(fetched: Fetched, store: Store): Promise<{ key: string; mail: Mail }> {
  const { raw } = fetched;
  const parsed = raw ? await parseMail(raw, fetched.at) : await partly(fetched);
  const files: Mail['files'] = [];
  const problems = [...parsed.problems, ...(raw ? [] : ['too_large'])];
  for (const { bytes, name, cid, inline } of parsed.files) {
    if (bytes.length > MOST_FILE) problems.push('file_too_large');
    else files.push({ file: await store(bytes), name, cid: cid?.slice(0, 500) ?? null, inline });
  }
  const mail: Mail = {
    ...headOf(parsed),
    ...{ text: parsed.text, quotedText: parsed.quoted },
    html: parsed.html ? await store(Buffer.from(parsed.html)) : null,
    ...{ remoteImages: parsed.remoteImages, raw: raw ? await store(raw) : null, rawBytes: fetched.size },
    ...{ files, machine: parsed.machine, bounce: parsed.bounce, problems: problems.slice(0, 20) },
  };
  return { key: keyOf(parsed, files), mail };
}

function headOf(parsed: ParsedMail) {
  return {
    mailId: parsed.messageId,
    inReplyTo: parsed.inReplyTo,
    references: parsed.references,
    sender: parsed.from?.address ?? null,
    senderName: parsed.from?.name ?? '',
    replyTo: parsed.replyTo?.address ?? null,
    receivers: parsed.receivers,
    subject: parsed.subject,
    sentAt: parsed.date?.toISOString() ?? null,
  };
}

/**
 * By its Message-ID and by what it says: the same mail that comes by two ways, or lies in a mailbox that was numbered
 * anew, is one; another mail with the same Message-ID is another.
 */
function keyOf({ messageId, from, date, subject, text, quoted }: ParsedMail, files: Mail['files']): string {
  const said = [from?.address, date?.getTime(), subject, text, quoted, files.map(({ file }) => file)];
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
  return `${(messageId ?? '').slice(0, 400)} ${hash}`;
}

/** Of a message that is too large to keep: its head and its texts, and what was left in the mailbox. */
async function partly({ head, texts, left, at }: Fetched): Promise<ParsedMail> {
  const parsed = await parseMail(head, at);
  const read = await Promise.all(texts.map((text) => parseMail(text, at)));
  const text = read.find((it) => it.text)?.text ?? '';
  const note = `[30MB가 넘어 저장하지 않은 파일이 있습니다. 원본은 메일함에 있습니다: ${left.join(', ').slice(0, 1_000)}]`;
  return { ...parsed, text: `${text}\n\n${note}`.trim(), html: null, remoteImages: 0, files: [] };
}

/** What stands in the place of a message that could not be filed as it is: nothing blocks those behind it. */
export async function unreadableMail(fetched: Fetched, store: Store): Promise<{ key: string; mail: Mail }> {
  const raw = fetched.raw ?? fetched.head;
  const hash = await store(raw);
  const mail: Mail = {
    ...{ mailId: null, inReplyTo: [], references: [], sender: null, senderName: '', replyTo: null, receivers: [] },
    ...{ subject: '(읽을 수 없는 메일)', sentAt: null, quotedText: null, html: null, remoteImages: 0, files: [] },
    text: '메일을 읽을 수 없어 원본만 보관했습니다. 원본을 내려받아 확인해 주세요.',
    ...{ raw: hash, rawBytes: fetched.size, machine: 'unreadable', bounce: null, problems: ['unreadable'] },
  };
  return { key: `unreadable ${hash.slice(0, 32)}`, mail };
}
