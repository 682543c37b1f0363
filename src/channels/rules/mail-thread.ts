import { createHmac, timingSafeEqual } from 'node:crypto';

/** What of a mail says to which ticket it belongs. Ids without brackets, addresses in small letters. */
export type MailMarks = {
  inReplyTo: readonly string[];
  references: readonly string[];
  receivers: readonly string[];
  subject: string;
};

/** Eight bytes: nobody hits one by trying over mail. */
const macOf = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 16);
const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Message-Id of a mail of ours on a ticket; `nonce`: the message's own id, so that sending it again says the same. */
export function ourMessageId(secret: string, ticket: number, nonce: string, domain: string): string {
  const bare = nonce.replaceAll('-', '').toLowerCase();
  return `t.${ticket}.${bare}.${macOf(secret, `id ${ticket} ${bare}`)}@${domain}`;
}

/** Ticket number of a Message-Id that we made; null for all else, whatever it looks like. */
export function ticketOfId(secret: string, id: string): number | null {
  const [, ticket = '', nonce = '', mac = ''] = /^t\.([1-9]\d{0,9})\.([0-9a-f]{1,64})\.([0-9a-f]{16})@/i.exec(id) ?? [];
  if (!ticket || !same(macOf(secret, `id ${ticket} ${nonce.toLowerCase()}`), mac.toLowerCase())) return null;
  return Number(ticket);
}

/** The message of ours that a Message-Id names: the hexadecimal digits of its id; null when we did not make it. */
export const messageOfId = (secret: string, id: string): string | null =>
  ticketOfId(secret, id) === null ? null : (id.split('.')[2] as string).toLowerCase();

/** 'help@shop.kr' → 'help+t123.….@shop.kr': answers to it lead to the ticket even when all headers are lost. */
export function plusAddress(secret: string, address: string, ticket: number): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+t${ticket}.${macOf(secret, `to ${ticket}`)}${address.slice(at)}`;
}

/** Ticket number of a plus-address that we made. */
export function ticketOfAddress(secret: string, address: string): number | null {
  const [, ticket = '', mac = ''] = /\+t([1-9]\d{0,9})\.([0-9a-f]{16})@/i.exec(address) ?? [];
  return ticket && same(macOf(secret, `to ${ticket}`), mac.toLowerCase()) ? Number(ticket) : null;
}

/** What to look for, surest first; of several Message-Ids the newest first. */
export type ThreadKeys = {
  /** Numbers of tickets proved by our own marks. */
  ours: number[];
  /** Message-Ids that may be stored. */
  ids: string[];
  /** Numbers in the subject: of use only when the sender takes part in that ticket. */
  subject: number[];
};

export function threadKeys(secret: string, { inReplyTo, references, receivers, subject }: MailMarks): ThreadKeys {
  const ids = [...new Set([...[...inReplyTo].reverse(), ...[...references].reverse()])];
  const numbers = (all: (number | null)[]) => [...new Set(all.filter((it) => it !== null))];
  return {
    ours: numbers([...ids.map((id) => ticketOfId(secret, id)), ...receivers.map((it) => ticketOfAddress(secret, it))]),
    ids,
    subject: numbers([...subject.matchAll(/\[#T([1-9]\d{0,9})\]/g)].map(([, number]) => Number(number))),
  };
}

/** What was found for the keys: tickets that exist, by number or id. */
export type Found<T> = {
  byNumber: (number: number) => T | null;
  byMessageId: (id: string) => T | null;
  /** Ticket on which a mail that was filed already answers this one: the network does not keep their order. */
  answeredOn: T | null;
  /** Whether the sender wrote on a ticket, or is its customer. */
  takesPart: (ticket: T) => boolean;
};
export type Threaded<T> = { ticket: T; by: 'ours' | 'reference' | 'overtaken' | 'subject' };

/** The ticket that a mail belongs to (connectors.md §8), never by its subject alone; null: a new matter. */
export function threadOf<T>(keys: ThreadKeys, found: Found<T>): Threaded<T> | null {
  for (const number of keys.ours) {
    const ticket = found.byNumber(number);
    if (ticket) return { ticket, by: 'ours' };
  }
  for (const id of keys.ids) {
    const ticket = found.byMessageId(id);
    if (ticket) return { ticket, by: 'reference' };
  }
  const overtaken = found.answeredOn;
  if (overtaken && found.takesPart(overtaken)) return { ticket: overtaken, by: 'overtaken' };
  for (const number of keys.subject) {
    const ticket = found.byNumber(number);
    if (ticket && found.takesPart(ticket)) return { ticket, by: 'subject' };
  }
  return null;
}
