import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { DB } from '#platform/db.gen.ts';
import type { DatabaseConfig } from '#platform/db.ts';
import { MAIL_PASSWORD, type MailServers } from './testing-mail-servers.ts';

/** Settings of the mailbox help@shop.example on servers of a test. */
export const mailEnv = (
  { imapPort, smtpPort }: Pick<MailServers, 'imapPort' | 'smtpPort'>,
  password = MAIL_PASSWORD,
) => ({
  HAEDAP_MAIL: 'help',
  HAEDAP_MAIL_HELP_ADDRESS: 'help@shop.example',
  HAEDAP_MAIL_HELP_MALL: 'own',
  HAEDAP_MAIL_HELP_IMAP: `imap://127.0.0.1:${imapPort}`,
  HAEDAP_MAIL_HELP_SMTP: `smtp://127.0.0.1:${smtpPort}?auth=none`,
  HAEDAP_MAIL_HELP_PASSWORD: password,
  HAEDAP_EGRESS_LOOPBACK: '1',
});

export type FloodResult = {
  sent: number;
  filed: number;
  lost: string[];
  twice: string[];
  wrongThread: string[];
  kills: number;
};

/** Starts a server process; resolves once it is ready. */
export async function spawnServer(config: DatabaseConfig, env: Record<string, string>): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./testing-mail-process.ts', import.meta.url));
  const secret = 'a secret of thirty-two characters or more';
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env, MAIL_PROCESS: JSON.stringify({ database: config, secret }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((done, fail) => {
    child.stdout?.once('data', () => done());
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
  return child;
}

const kill = (child: ChildProcess) =>
  new Promise<void>((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });

type Flood = {
  db: Kysely<DB>;
  config: DatabaseConfig;
  servers: MailServers;
  messages: number;
  kills: number;
  timeoutMs: number;
};

/**
 * Sends so many mails, four to a thread, while the server is killed so many times; then compares what was filed with
 * what was sent: by the mark in each text, and by the thread in it.
 */
export async function flood({ db, config, servers, messages, kills, timeoutMs }: Flood): Promise<FloodResult> {
  const env = mailEnv(servers);
  const first = await spawnServer(config, env);
  await filedCount(db);
  const sending = sendAll(servers.smtpPort, messages);
  let server = first;
  for (let round = 1; round <= kills; round++) {
    await until(db, Math.floor((messages * round) / (kills + 1)), timeoutMs);
    await kill(server);
    server = await spawnServer(config, env);
  }
  await sending;
  await until(db, messages, timeoutMs);
  await new Promise((done) => setTimeout(done, 500));
  await kill(server);
  return { ...(await compare(db, messages)), kills };
}

const PER_THREAD = 4;
const threadOf = (index: number) => Math.floor(index / PER_THREAD);
const mailId = (index: number) => `flood-${index}@example.com`;

async function sendAll(port: number, messages: number): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 4,
    maxMessages: 1_000,
  });
  for (let at = 0; at < messages; at += PER_THREAD) {
    // All at once: answers may overtake what they answer, as on the network.
    await Promise.all(
      Array.from({ length: Math.min(PER_THREAD, messages - at) }, (_, nth) => transport.sendMail(floodMail(at, nth))),
    );
  }
  transport.close();
}

function floodMail(first: number, nth: number): SendMailOptions {
  const index = first + nth;
  const earlier = Array.from({ length: nth }, (_, it) => `<${mailId(first + it)}>`);
  return {
    ...{
      from: `"손님 ${threadOf(index)}" <flood@example.com>`,
      to: 'help@shop.example',
      messageId: `<${mailId(index)}>`,
    },
    // The same subject and sender everywhere: they must decide nothing.
    subject: '배송 문의',
    ...(nth > 0 ? { inReplyTo: earlier.at(-1)!, references: earlier } : {}),
    text: `mark ${index} of thread ${threadOf(index)}\n주문한 상품이 언제 오나요?`,
  };
}

async function filedCount(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from channel_mail`.execute(db);
  return rows[0]?.n ?? 0;
}

async function until(db: Kysely<DB>, wanted: number, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while ((await filedCount(db)) < wanted) {
    if (Date.now() > deadline) throw new Error(`only ${await filedCount(db)} of ${wanted} mails were filed in time`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function compare(db: Kysely<DB>, sent: number): Promise<Omit<FloodResult, 'kills'>> {
  const { rows } = await sql<{ ticket: string; body: string }>`
    select ticket_id as ticket, body from ticket_message where kind = 'inbound' and body like 'mark %'`.execute(db);
  const tickets = new Map<string, string>();
  const seen = new Map<number, number>();
  const wrongThread: string[] = [];
  for (const { ticket, body } of rows) {
    const [, mark = '', thread = ''] = /^mark (\d+) of thread (\d+)/.exec(body) ?? [];
    seen.set(Number(mark), (seen.get(Number(mark)) ?? 0) + 1);
    const owner = tickets.get(ticket);
    const other = [...tickets].find(([id, it]) => it === thread && id !== ticket);
    if ((owner !== undefined && owner !== thread) || other) wrongThread.push(mark);
    tickets.set(ticket, thread);
  }
  const all = Array.from({ length: sent }, (_, index) => index);
  const lost = all.filter((it) => !seen.has(it)).map(String);
  const twice = all.filter((it) => (seen.get(it) ?? 0) > 1).map(String);
  return { sent, filed: rows.length, lost, twice, wrongThread };
}
