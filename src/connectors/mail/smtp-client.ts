import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Failure, Outcome } from '../port.ts';
import { checkedAddress, type Inside, type Mailbox } from './mailboxes.ts';
import { within } from './within.ts';

const CONNECT_MS = 15_000;

/** Hands one mail to the mailbox's server. `permanent`: this mail will never be taken. Never throws, never retries. */
export async function sendMail(mailbox: Mailbox, inside: Inside, mail: SendMailOptions): Promise<Outcome<null>> {
  const address = await checkedAddress(mailbox.smtp, inside).catch(() => 'unknown' as const);
  if (address === 'unknown') return failure('transient', 'no_such_host', '');
  if (address === null) return failure('transient', 'address_inside', '');
  const { port, host, tls, auth } = mailbox.smtp;
  const transport = createTransport({
    ...{ host: address, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none' },
    tls: { servername: host },
    ...(auth ? { auth: { user: mailbox.user, pass: mailbox.password } } : {}),
    name: mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1),
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: Math.min(CONNECT_MS, mailbox.silenceMs) },
    socketTimeout: mailbox.silenceMs,
  });
  try {
    // nodemailer's own limits do not see a server that talks and ends where nothing was asked.
    await within(transport.sendMail(mail), mailbox.silenceMs * 5);
    return { ok: true, value: null };
  } catch (error) {
    return failureOf(error);
  } finally {
    transport.close();
  }
}

const failure = (kind: Failure['kind'], code: string, message: string): Failure => ({
  ok: false,
  ...{ kind, code, message: message.slice(0, 300) },
});

function failureOf(error: unknown): Failure {
  const it = error as { code?: string; responseCode?: number; response?: string; message?: string };
  const said = (it.response ?? it.message ?? String(error)).replaceAll(/\s+/g, ' ');
  const code = it.responseCode ?? 0;
  if (it.code === 'EAUTH' || it.code === 'ENOAUTH' || code === 535 || code === 534)
    return failure('auth', 'password_refused', said);
  if (code >= 500 && (it.code === 'EENVELOPE' || it.code === 'EMESSAGE')) {
    return failure('permanent', code === 552 || /5\.3\.4/.test(said) ? 'too_large' : 'rejected', said);
  }
  if (code >= 400) return failure('transient', 'not_now', said);
  if (it.code === 'ETIMEDOUT') return failure('transient', 'timeout', said);
  if (it.code === 'ETLS') return failure('transient', 'certificate', said);
  return failure('transient', 'network', said);
}
