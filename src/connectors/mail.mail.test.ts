import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '#app/testing.ts';
import { testWorld, type World } from '#app/testing-world.ts';
import { parseMail } from './mail/parse-mail.ts';
import { connectorSettings } from './settings.ts';
import { flood, mailEnv } from './testing-mail-flood.ts';
import { freePort, type MailServers, startMailServers } from './testing-mail-servers.ts';

/** Real dovecot, postfix, PostgreSQL and server. */
const SECRET = 'a secret of thirty-two characters or more';
let servers: MailServers;
let world: World;
beforeAll(async () => {
  [servers, world] = await Promise.all([startMailServers(), testWorld()]);
  await sql`update ticket_channel_rule set hold_seconds = 0`.execute(world.database.write);
});
afterAll(async () => {
  await servers?.stop();
  await world?.database.close();
});

let at: TestServer | null = null;
let key = '';
let people = 0;
/** A server that reads the mailbox; quicker to lose patience where `silenceMs` says so. */
async function start(env = mailEnv(servers), silenceMs?: number): Promise<void> {
  await sql`update channel_source set state = 'connecting'`.execute(world.database.write);
  const settings = connectorSettings(env);
  if (silenceMs && settings.mail)
    settings.mail = { ...settings.mail, mailboxes: settings.mail.mailboxes.map((it) => ({ ...it, silenceMs })) };
  at = await testServer({ database: world.database, secret: SECRET, connectors: settings });
  people += 1;
  key = await at.keyOf({ email: `manager${people}@example.com`, role: 'manager' });
}
afterEach(async () => {
  await at?.stop();
  at = null;
});

const call = async (operation: string, input: object) => (await at!.post(operation, input, { key })).body as never;
const send = async (mail: SendMailOptions) => {
  const transport = createTransport({ host: '127.0.0.1', port: servers.smtpPort, ignoreTLS: true });
  return (await transport.sendMail({ from: '"김서연" <kim@example.com>', to: 'help@shop.example', ...mail })).messageId;
};
const now = (rows: Promise<{ rows: unknown[] }>) => rows.then((it) => it.rows as Record<string, string | null>[]);
const mails = (like: string) =>
  now(
    sql`select m.ticket_id as ticket, m.body, t.customer_id as customer from ticket_message m join ticket t on t.id = m.ticket_id
      where m.kind = 'inbound' and m.body like ${like} order by m.created_at`.execute(world.database.write),
  );

/** Looks until something is there; how long that took, in ms. */
async function until<T>(look: () => Promise<T | null | undefined | false>, ms = 8_000): Promise<T> {
  const began = Date.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() - began > ms) throw new Error(`not in ${ms} ms: ${look.toString().slice(0, 200)}`);
    await sleep(25);
  }
}
const filed = (like: string, ms?: number) => until(async () => (await mails(like))[0], ms);
const source = async () => {
  const { items } = (await call('channels.list', {})) as {
    items: { channel: string; sources: Record<string, unknown>[] }[];
  };
  return items.find(({ channel }) => channel === 'email')!.sources[0];
};
const stateIs = (state: string, ms?: number) =>
  until(async () => ((await source())?.state === state ? source() : null), ms);
const arrived = (name: string, count: number) =>
  until(async () => servers.mailsOf(name).length >= count && servers.mailsOf(name), 10_000);
const delivery = async (ticket: string) => {
  const { messages } = (await call('tickets.get', { id: ticket })) as {
    messages: { kind: string; delivery: string; failure: string | null }[];
  };
  return messages.findLast(({ kind }) => kind === 'outbound');
};

test('a mail is a ticket of its customer within two seconds, is answered, and the answer to that lands on it', async () => {
  await start();
  await stateIs('ok');
  const messageId = await send({ subject: '배송 문의', text: '첫 문의입니다' });
  const { ticket, customer } = await filed('첫 문의%', 2_000);
  expect(customer).toBe(world.customer);
  await call('tickets.reply', { id: ticket, text: '내일 도착합니다.' });
  const [raw] = await arrived('kim', 1);
  const reply = await parseMail(Buffer.from(raw!, 'latin1'), new Date());
  expect(reply).toMatchObject({
    text: '내일 도착합니다.',
    inReplyTo: [messageId.slice(1, -1)],
    subject: expect.stringMatching(/^Re: 배송 문의 \[#T\d+\]$/),
  });
  await until(async () => (await delivery(ticket!))?.delivery === 'sent');
  await send({
    subject: '아무 제목',
    text: '고객의 두번째 글',
    inReplyTo: `<${reply.messageId}>`,
    from: 'other@example.com',
  });
  expect((await filed('고객의 두번째%')).ticket).toBe(ticket);
});

test('an answer that is refused at the door, and one that comes back later, are shown to their writer with why', async () => {
  await start();
  await stateIs('ok');
  for (const [name, address, why] of [
    ['거절', 'nobody@example.com', '받는 주소가 없습니다'],
    ['반송', 'comes-back@example.com', '받는 주소가 없습니다'],
  ] as const) {
    await send({ text: `${name} 문의`, replyTo: address });
    const { ticket } = await filed(`${name} 문의`);
    await call('tickets.reply', { id: ticket, text: '답변입니다.' });
    const failed = await until(
      async () => ((await delivery(ticket!))?.delivery === 'failed' ? delivery(ticket!) : null),
      12_000,
    );
    expect(failed!.failure).toContain(why);
  }
});

test('a server that is away is shown, and what came meanwhile is filed once it is back; numbering anew doubles nothing', async () => {
  await start();
  await stateIs('ok');
  await servers.stopDovecot();
  const down = await stateIs('down');
  expect(down).toMatchObject({ why: 'network', resumeAt: expect.any(String) });
  await send({ text: '끊긴 동안 온 글' });
  servers.renumber('help');
  await servers.startDovecot();
  await call('channels.retry', { source: 'email:help@shop.example' });
  await filed('끊긴 동안 온 글', 10_000);
  await stateIs('ok');
  const { rows } = await sql<{
    body: string;
  }>`select body from ticket_message where kind = 'inbound' and channel = 'email' group by body having count(*) > 1`.execute(
    world.database.write,
  );
  expect(rows).toEqual([]);
  await send({ text: '번호가 바뀐 뒤의 글' });
  await filed('번호가 바뀐 뒤의 글');
});

test('a channel that is turned off reads nothing, and files all of it when it is on again', async () => {
  const save = (enabled: boolean) =>
    call('channels.save', {
      channel: 'email',
      enabled,
      hours: {},
      firstResponse: { on: false, inHours: null, outOfHours: null },
    });
  await start();
  await save(false);
  await at!.stop();
  await start();
  await stateIs('off');
  await send({ text: '꺼진 동안 온 글' });
  await sleep(300);
  expect(await mails('꺼진 동안%')).toEqual([]);
  await save(true);
  await filed('꺼진 동안%', 10_000);
});

test('a message of 55 MB keeps its text and leaves its files in the mailbox; nothing waits behind it', {
  timeout: 60_000,
}, async () => {
  await start();
  await stateIs('ok');
  await send({ text: '아주 큰 메일', attachments: [{ filename: '동영상.mp4', content: Buffer.alloc(40_000_000) }] });
  await send({ text: '큰 메일 뒤의 글', attachments: [{ filename: '사진.txt', content: 'hello' }] });
  const small = await filed('큰 메일 뒤의 글', 30_000);
  expect((await filed('아주 큰 메일%')).body).toContain('동영상.mp4 (');
  const { messages } = (await call('channels.ofTicket', { ticket: small.ticket })) as {
    messages: { files: object[] }[];
  };
  expect(messages[0]!.files).toMatchObject([{ name: '사진.txt', bytes: 5 }]);
});

test('a wrong password is told as such, and no mail is lost by it', async () => {
  await start(mailEnv(servers, 'wrong'));
  expect(await stateIs('refused', 12_000)).toMatchObject({ why: 'password_refused' });
});

/** A server that takes connections and does what `talk` says. */
async function fakeServer(talk: (socket: Socket) => void): Promise<{ port: number; close: () => void }> {
  const port = await freePort();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  await new Promise<void>((done) => void server.listen(port, '127.0.0.1', done));
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port, close };
}

test.each([
  ['hangs', () => undefined, 'timeout'],
  ['drops', (socket: Socket) => socket.destroy(), 'network'],
  ['talks nonsense', (socket: Socket) => socket.end('220 who are you\r\n'.repeat(50)), 'network'],
] as const)('IMAP and SMTP of a server that %s: the source says so, an answer waits', async (_, talk, why) => {
  const { port, close } = await fakeServer(talk);
  const ticket = (await mails('첫 문의%'))[0]!.ticket;
  await start({ ...mailEnv({ imapPort: port, smtpPort: port }) }, 700);
  expect(await stateIs('down')).toMatchObject({ why });
  await call('tickets.reply', { id: ticket, text: `답변 ${why}` });
  const waiting = await until(async () => {
    const { rows } = await sql<{ state: string; attempts: number; message_id: string }>`
      select state, attempts, message_id from channel_delivery where attempts > 0 order by created_at desc limit 1`.execute(
      world.database.write,
    );
    return rows[0]?.state === 'queued' ? rows[0] : null;
  });
  expect((await delivery(ticket!))?.delivery).toBe('queued');
  await sql`update channel_delivery set state = 'failed' where message_id = ${waiting.message_id}`.execute(
    world.database.write,
  );
  close();
});

test('500 mails while the server is killed twice: none is lost, none is twice, none in the wrong thread', {
  timeout: 120_000,
}, async () => {
  const result = await flood({
    ...{ db: world.database.write, config: world.database.config, servers, messages: 500, kills: 2, timeoutMs: 60_000 },
  });
  expect(result).toEqual({ sent: 500, filed: 500, lost: [], twice: [], wrongThread: [], kills: 2 });
});
