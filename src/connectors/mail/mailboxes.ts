import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Fault } from '#platform/fault.ts';
import { isLoopback, isPublic } from '../addresses.ts';

export type Endpoint = {
  host: string;
  port: number;
  /** `starttls`: plain first, then encrypted or not at all. `none`: inside only. */
  tls: 'implicit' | 'starttls' | 'none';
  /** A relay inside the company may take mail without a password. */
  auth: boolean;
};
export type Mailbox = {
  /** 'email:help@shop.example'. */
  id: string;
  address: string;
  /** Who mails come from, as the customer sees it. */
  name: string;
  mall: string;
  imap: Endpoint;
  smtp: Endpoint;
  user: string;
  password: string;
  /** Whether 'help+x@…' arrives too: answers then name their ticket in the address. */
  plus: boolean;
  /** Longest silence of the other side. */
  silenceMs: number;
};
/** Which addresses may be reached besides public ones. */
export type Inside = { loopback: boolean; allowed: (address: string) => boolean };
export type MailSettings = { mailboxes: readonly Mailbox[]; inside: Inside };

type Env = Readonly<Record<string, string | undefined>>;

const SILENCE_MS = 60_000;
const PORTS = new Set([25, 143, 465, 587, 993]);

/**
 * Reads the mailboxes of the environment. HAEDAP_MAIL: their names, 'help,b2b'. For each, in capitals:
 * HAEDAP_MAIL_HELP_ADDRESS, _MALL, _IMAP ('imaps://imap.example.com'), _SMTP ('smtps://…', 'smtp://…:587'),
 * _PASSWORD, and if they differ _USER (else the address), _FROM (the name that customers see), _PLUS=1.
 * Fault: `bad_setting`.
 */
export function mailboxesOf(env: Env, inside: Inside): Mailbox[] {
  const names = (env.HAEDAP_MAIL ?? '').split(/[\s,]+/).filter(Boolean);
  const mailboxes = names.map((name) => mailboxOf(env, name, inside));
  const twice = mailboxes.find(({ id }, index) => mailboxes.findIndex((it) => it.id === id) !== index);
  if (twice) throw badSetting('HAEDAP_MAIL', 'help,b2b');
  return mailboxes;
}

function mailboxOf(env: Env, name: string, inside: Inside): Mailbox {
  const prefix = `HAEDAP_MAIL_${name.toUpperCase().replaceAll('-', '_')}`;
  const given = (key: string, example: string): string => {
    const value = env[`${prefix}_${key}`]?.trim();
    if (!value) throw badSetting(`${prefix}_${key}`, example);
    return value;
  };
  const address = given('ADDRESS', 'help@shop.example').toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) throw badSetting(`${prefix}_ADDRESS`, 'help@shop.example');
  const imap = 'imaps://imap.shop.example';
  const smtp = 'smtps://smtp.shop.example';
  return {
    ...{
      id: `email:${address}`,
      address,
      name: env[`${prefix}_FROM`]?.trim() || '고객센터',
      mall: given('MALL', 'own'),
    },
    imap: endpointOf(given('IMAP', imap), { imaps: 993, imap: 143 }, inside) ?? fail(`${prefix}_IMAP`, imap),
    smtp: endpointOf(given('SMTP', smtp), { smtps: 465, smtp: 587 }, inside) ?? fail(`${prefix}_SMTP`, smtp),
    ...{ user: env[`${prefix}_USER`]?.trim() || address, password: given('PASSWORD', '********') },
    ...{ plus: env[`${prefix}_PLUS`] === '1', silenceMs: SILENCE_MS },
  };
}

/** An endpoint of a URL; null when it is none, or not encrypted where it has to be. */
function endpointOf(text: string, schemes: Record<string, number>, { loopback }: Inside): Endpoint | null {
  const url = URL.parse(text);
  const port = schemes[url?.protocol.slice(0, -1) ?? ''];
  if (!url?.hostname || !port || url.username || url.password) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = loopback && (host === 'localhost' || isLoopback(host));
  const plain = url.searchParams.get('tls') === 'none' || local;
  const tls = url.protocol.endsWith('s:') ? 'implicit' : plain ? 'none' : 'starttls';
  const endpoint = {
    host,
    port: Number(url.port) || port,
    tls,
    auth: url.searchParams.get('auth') !== 'none',
  } as const;
  return PORTS.has(endpoint.port) || local ? endpoint : null;
}

/**
 * The address to connect to: a name is resolved once, and refused if any of its addresses lies inside and is not
 * allowed there (connectors.md §11). Null: refused. Throws when there is no such name.
 */
export async function checkedAddress({ host, tls }: Endpoint, { loopback, allowed }: Inside): Promise<string | null> {
  const family = isIP(host);
  const found = family ? [{ address: host }] : await lookup(host, { all: true, verbatim: true });
  const inside = (address: string) => allowed(address) || (loopback && isLoopback(address));
  const fine = found.every(({ address }) => (isPublic(address) && tls !== 'none') || inside(address));
  return fine ? (found[0]?.address ?? null) : null;
}

function fail(name: string, example: string): never {
  throw badSetting(name, example);
}

const badSetting = (name: string, example: string): Fault =>
  new Fault('bad_setting', {
    ko: `${name}의 값이 없거나 잘못되었습니다. 이렇게 쓰세요: ${example}`,
    en: `${name} is missing or not right. Write it like this: ${example}`,
  });
