import type { SendMailOptions } from 'nodemailer';

export type Outgoing = {
  from: { name: string; address: string };
  to: string;
  /** Where answers go: the plus-address of the ticket, when the mailbox has such. */
  replyTo: string | null;
  subject: string;
  ticket: number;
  messageId: string;
  text: string;
  /** Message-Id that is answered, and the chain before it, oldest first. */
  inReplyTo: string | null;
  references: readonly string[];
  files: readonly { name: string; mime: string; bytes: Buffer }[];
  /** Sent by Haedap, not by a person: nobody's program is to answer it (RFC 3834). */
  automatic: boolean;
};

const KEPT_LAST = 20;

/** The chain of a reply: its first and its last twenty, as mail programs do (RFC 5322 §3.6.4). */
export function referencesOf(chain: readonly string[], inReplyTo: string | null): string[] {
  const all = [...new Set([...chain, ...(inReplyTo ? [inReplyTo] : [])])];
  return all.length <= KEPT_LAST + 1 ? all : [all[0] as string, ...all.slice(-KEPT_LAST)];
}

/** 'Re: …' and the ticket's mark, each once. */
export function replySubject(subject: string, ticket: number): string {
  const bare = subject
    .replaceAll(/\[#T\d+\]/g, '')
    .replace(/^(\s*(re|fw|fwd|답장|회신|전달)\s*[:：])+/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `Re: ${bare || '문의'} [#T${ticket}]`;
}

/** What nodemailer makes the message of: it writes headers, charset (UTF-8) and parts. */
export function composeMail(mail: Outgoing): SendMailOptions {
  const references = referencesOf(mail.references, mail.inReplyTo);
  return {
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: { name: mail.from.name, address: mail.replyTo } } : {}),
    subject: replySubject(mail.subject, mail.ticket),
    messageId: `<${mail.messageId}>`,
    ...(mail.inReplyTo ? { inReplyTo: `<${mail.inReplyTo}>` } : {}),
    ...(references.length > 0 ? { references: references.map((id) => `<${id}>`) } : {}),
    text: mail.text,
    textEncoding: 'base64',
    attachments: mail.files.map(({ name, mime, bytes }) => ({ filename: name, contentType: mime, content: bytes })),
    // An automatic answer that cannot be delivered comes back to nobody, so that two programs never talk.
    envelope: { from: mail.automatic ? '' : mail.from.address, to: [mail.to] },
    headers: mail.automatic ? { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' } : {},
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
