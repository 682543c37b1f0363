import { decodeText } from './charset.ts';
import { type Latin1, messageIds } from './header-text.ts';
import { first, type Headers, type MailPart, readHeaders, type SplitMail } from './split-mail.ts';

/** What became of a mail of ours, as far as a notice says. */
export type Bounce = {
  /** Recipients with what happened; empty when the notice is not in the standard form. */
  recipients: {
    address: string;
    action: 'failed' | 'delayed' | 'delivered';
    status: string | null;
    why: string | null;
  }[];
  /** Message-Ids that the notice names: of the mail that it is about, among others. */
  about: string[];
  /** Read from words, not from the standard form: a person should look at it. */
  guessed: boolean;
};

/** Why a message gets no automatic answer (RFC 3834); null when a person may have written it. */
export type Machine = 'auto_submitted' | 'bulk' | 'list' | 'suppress' | 'empty_return_path' | 'no_reply' | null;

/** Sent by a program, a list or in bulk: an answer to it could begin a loop. */
export function machineOf(headers: Headers, from: string | null): Machine {
  const value = (name: string) => (first(headers, name) ?? '').toLowerCase();
  const submitted = value('auto-submitted')
    .replace(/[;(].*$/s, '')
    .trim();
  if (submitted && submitted !== 'no') return 'auto_submitted';
  if (headers.has('x-autoreply') || headers.has('x-autorespond') || value('x-auto-reply')) return 'auto_submitted';
  if (/^(bulk|list|junk|auto_reply)/.test(value('precedence'))) return 'bulk';
  if (headers.has('list-id') || headers.has('list-unsubscribe') || headers.has('feedback-id')) return 'list';
  if (value('x-auto-response-suppress').replace('none', '')) return 'suppress';
  if (/^<\s*>$/.test(value('return-path'))) return 'empty_return_path';
  if (from && /^(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|noti(fy|fication)?)([+-].*)?@/i.test(from))
    return 'no_reply';
  return null;
}

const DAEMON = /^(mailer-daemon|mail-daemon|postmaster|mailerdaemon|mail\.?system)@/i;
/** How Korean portals and common servers title what came back, where they do not keep to RFC 3464. */
const BOUNCED =
  /(메일\s?(전송|발송|배달)\s?(이|을)?\s?(실패|지연|오류)|반송(된)?\s?(메일|메시지|되었)|메일이\s?반송|(전송|발송)\s?(실패|불가)\s?(안내|알림|메일)?|수신자를?\s?(찾을|확인할)\s?수\s?없|undeliver(ed|able)|delivery\s(status\snotification|failure|has failed)|returned mail|mail delivery failed|failure notice)/i;

/** What a notice of (non-)delivery says; null when the message is none. */
export function bounceOf({ headers, parts }: SplitMail, from: string | null, subject: string): Bounce | null {
  const status = parts.find(({ type }) => type.value === 'message/delivery-status');
  const type = first(headers, 'content-type') ?? '';
  const about = () => idsIn(parts);
  if (status && (/report-type\s*=\s*"?delivery-status/i.test(type) || DAEMON.test(from ?? ''))) {
    return { recipients: recipientsOf(status), about: about(), guessed: false };
  }
  const returned = first(headers, 'return-path') === '<>' || DAEMON.test(from ?? '') || !from;
  const failed = headers.get('x-failed-recipients');
  if (!returned && !failed) return null;
  if (!failed && !BOUNCED.test(subject)) return null;
  const recipients = (failed ?? []).flatMap((list) =>
    list.split(',').map((address) => ({ address: address.trim(), action: 'failed' as const, status: null, why: null })),
  );
  return { recipients, about: about(), guessed: true };
}

function recipientsOf(status: MailPart): Bounce['recipients'] {
  const blocks = decodeText(status.bytes, 'utf-8').split(/\r?\n\s*\r?\n/);
  const found: Bounce['recipients'] = [];
  for (const block of blocks.slice(0, 1_000)) {
    const fields = readHeaders(Buffer.from(block, 'utf8'));
    const recipient = first(fields, 'final-recipient') ?? first(fields, 'original-recipient');
    if (!recipient) continue;
    const action = (first(fields, 'action') ?? '').trim().toLowerCase();
    const code = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(first(fields, 'status') ?? '')?.[1] ?? null;
    found.push({
      address: recipient
        .replace(/^[^;]*;\s*/, '')
        .replaceAll(/[<>]/g, '')
        .trim()
        .toLowerCase(),
      action:
        action === 'delayed'
          ? 'delayed'
          : action === 'failed' || (code ?? '5').startsWith('5')
            ? 'failed'
            : 'delivered',
      status: code,
      why:
        utf8Of(first(fields, 'diagnostic-code'))
          ?.replace(/^\s*[\w-]+;\s*/, '')
          .slice(0, 300) ?? null,
    });
  }
  return found;
}

const utf8Of = (value: Latin1 | undefined) =>
  value === undefined ? null : decodeText(Buffer.from(value, 'latin1'), null);

/** Message-Ids that stand in the parts of a notice: the returned headers or message, or its text. */
function idsIn(parts: readonly MailPart[]): string[] {
  const ids: string[] = [];
  for (const { type, bytes } of parts) {
    if (!/^(message\/rfc822(-headers)?|message\/global.*|text\/rfc822-headers|text\/(plain|html))$/.test(type.value))
      continue;
    const text = bytes
      .subarray(0, 200_000)
      .toString('latin1')
      .replaceAll(/\r?\n(?=[ \t])/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    for (const [, value] of text.matchAll(/^[>\s]*message-id:\s*(\S{1,600})/gim)) ids.push(...messageIds(value));
  }
  return [...new Set(ids)].slice(0, 20);
}
