import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRooms } from '#app/modules.ts';
import { type TestServer, testServer } from '#app/testing.ts';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith, SYSTEM } from '#platform/actors.ts';
import { storeFile } from '#platform/files.ts';
import { askOn } from '#platform/testing-ask.ts';
import { tickets } from '#tickets/contract.ts';
import { channels } from './contract.ts';
import { messageOfId, ourMessageId, plusAddress } from './rules/mail-thread.ts';
import { mailOf } from './testing-mail.ts';

const ops = channels.operations;
const SECRET = 'a secret of thirty-two characters or more';
const SOURCE = 'email:help@shop.example';

let world: World;
let asker: ReturnType<typeof askOn>;
let server: TestServer;
let key: string;
beforeAll(async () => {
  world = await testWorld();
  asker = askOn(world.database, createRooms({ secret: SECRET }), world.agent);
  server = await testServer({ database: world.database, secret: SECRET });
  key = await server.keyOf({ email: 'agent2@example.com', role: 'agent' });
  await tell('ok');
  await sql`update ticket_channel_rule set hold_seconds = 0`.execute(world.database.write);
});
afterAll(async () => {
  await server.stop();
  await world.database.close();
});

const told = { source: SOURCE, channel: 'email' as const, mall: 'own', mailbox: 'help@shop.example' };
const tell = (state: 'ok' | 'down', why: string | null = null) =>
  asker.ask(ops.tellSource, { ...told, state, why, detail: null, failures: 0, resumeAt: null }, SYSTEM);
const accept = (...mail: Parameters<typeof mailOf>) => asker.ask(ops.acceptMail, mailOf(...mail), SYSTEM);
const ticketOf = (id: string | null) => asker.ask(tickets.operations.get, { id: id as string });
const email = async () => (await asker.ask(ops.list, {})).items.find(({ channel }) => channel === 'email')!;
const db = () => world.database.write;

/** A reply on a ticket, queued for sending as its job would. */
async function replyOn(ticket: string, text = '내일 도착합니다.') {
  const { messageId } = await asker.ask(tickets.operations.reply, { id: ticket, text });
  await asker.ask(ops.queueReply, { ticket, message: messageId }, SYSTEM);
  const { rows } = await sql<{ id: string; mail_id: string; recipient: string; source: string }>`
    select id, mail_id, recipient, source from channel_delivery where message_id = ${messageId}`.execute(db());
  return { messageId, delivery: rows[0]! };
}
const settle = (delivery: string, outcome: 'sent' | 'failed' | 'later', detail: string | null = null) =>
  asker.ask(
    ops.settleDelivery,
    { delivery, outcome, why: outcome === 'sent' ? null : 'rejected', detail, nextAt: null },
    SYSTEM,
  );

test('channels.acceptMail: a mail becomes a ticket of its customer once, however often it is told', async () => {
  const mail = mailOf({ subject: '' });
  const first = await asker.ask(ops.acceptMail, mail, SYSTEM);
  expect(first).toEqual({ outcome: 'created', ticket: expect.any(String) });
  expect(await asker.ask(ops.acceptMail, mail, SYSTEM)).toEqual({ outcome: 'known', ticket: first.ticket });
  const ticket = await ticketOf(first.ticket);
  expect(ticket).toMatchObject({ channel: 'email', subject: '(제목 없음)', customer: { id: world.customer } });
  expect(ticket.messages).toHaveLength(1);
});

test('an answer finds its ticket by our Message-ID, our address, a known mail; by its subject only for its customer', async () => {
  const { ticket } = await accept({ mailId: 'start@example.com' });
  const { number } = await ticketOf(ticket);
  const { delivery } = await replyOn(ticket as string);
  const other = { sender: 'stranger@example.com', senderName: '다른 사람' };
  const marks = [
    { inReplyTo: [delivery.mail_id], ...other },
    { receivers: [plusAddress(SECRET, 'help@shop.example', number)], ...other },
    { references: ['start@example.com'], ...other },
    { subject: `Re: [#T${number}] 배송 문의` },
  ];
  for (const mark of marks) expect(await accept(mark)).toEqual({ outcome: 'added', ticket });
  const strange = await accept({ subject: `Re: [#T${number}]`, ...other, sender: 'nobody@example.com' });
  const forged = await accept({ inReplyTo: [ourMessageId('forged', number, world.ticket, 'shop.example')], ...other });
  for (const { outcome, ticket: elsewhere } of [strange, forged]) {
    expect([outcome, elsewhere === ticket]).toEqual(['created', false]);
  }
});

test('an answer to a merged ticket lands on the one that it was merged into', async () => {
  const { ticket: gone } = await accept({ mailId: 'gone@example.com' });
  const { ticket: kept } = await accept();
  await sql`update ticket set merged_into = ${kept} where id = ${gone}`.execute(db());
  expect(await accept({ references: ['gone@example.com'] })).toMatchObject({ ticket: kept });
});

test('mails of one talk that come in any order are one ticket; an answer to the same circular by another is not', async () => {
  const late = { sender: 'late@example.com', senderName: '늦은 손님' };
  const { ticket } = await accept({
    ...late,
    mailId: 'o3@example.com',
    references: ['o1@example.com', 'o2@example.com'],
  });
  const before = [
    { ...late, mailId: 'o2@example.com', inReplyTo: ['o1@example.com'] },
    { ...late, mailId: 'o1@example.com' },
  ];
  for (const mail of before) expect(await accept(mail)).toEqual({ outcome: 'added', ticket });
  const circular = await accept({ references: ['circular@shop.example'], sender: 'a1@example.com', senderName: '가' });
  const other = await accept({ references: ['circular@shop.example'], sender: 'b1@example.com', senderName: '나' });
  expect(other.ticket).not.toBe(circular.ticket);
  const strange = await accept({ mailId: 'circular@shop.example', sender: 'c1@example.com', senderName: '다' });
  expect(strange.outcome).toBe('created');
});

test('two mails with one Message-ID are both kept; the first one keeps the id', async () => {
  const first = await accept({ mailId: 'same@example.com' });
  const second = await accept({ mailId: 'same@example.com', sender: 'lee2@example.com', senderName: '이도윤' });
  expect(second.ticket).not.toBe(first.ticket);
  expect(await accept({ references: ['same@example.com'] })).toMatchObject({ ticket: first.ticket });
});

test('a mailbox of a mall that is not there says so, and nothing is read past it (channels.moveCursor)', async () => {
  const cursor = async () => (await sql<{ cursor: unknown }>`select cursor from channel_source`.execute(db())).rows;
  const before = await cursor();
  expect(await asker.refused(ops.acceptMail, mailOf({}, { mall: 'nowhere' }), SYSTEM)).toMatchObject({
    code: 'mall_unknown',
  });
  expect(await asker.refused(ops.acceptMail, mailOf({ raw: 'a'.repeat(64) }), SYSTEM)).toMatchObject({
    code: 'files_gone',
  });
  expect(await cursor()).toEqual(before);
  await asker.ask(ops.moveCursor, { source: SOURCE, cursor: { uid: 77 } }, SYSTEM);
  expect(await cursor()).toEqual([{ cursor: { uid: 77 } }]);
});

test('channels.queueReply, channels.claimDelivery, channels.settleDelivery: a reply goes to whoever wrote last, is claimed by one, and ends the waiting once it is sent', async () => {
  const { ticket } = await accept({ replyTo: 'answer@example.com' });
  const { messageId, delivery } = await replyOn(ticket as string);
  expect(delivery).toMatchObject({ recipient: 'answer@example.com', source: SOURCE });
  expect(messageOfId(SECRET, delivery.mail_id)).toBe(messageId.replaceAll('-', ''));
  const claim = () => asker.ask(ops.claimDelivery, { delivery: delivery.id }, SYSTEM);
  expect([await claim(), await claim()]).toEqual([{ claimed: true }, { claimed: false }]);
  await settle(delivery.id, 'later', '451 busy');
  expect(await claim()).toEqual({ claimed: true });
  await settle(delivery.id, 'sent');
  await settle(delivery.id, 'failed');
  expect(await ticketOf(ticket)).toMatchObject({ waitingSince: null, messages: [{}, { delivery: 'sent' }] });
  const { messages } = await asker.ask(ops.ofTicket, { ticket: ticket as string });
  expect(messages.find(({ message }) => message === messageId)?.deliveries).toMatchObject([
    { state: 'sent', attempts: 2 },
  ]);
});

test('a reply that its writer took back is not sent; one without an address comes back to its writer', async () => {
  const { ticket } = await accept();
  const { messageId, delivery } = await replyOn(ticket as string);
  await sql`update ticket_message set send_after = now() + interval '1 minute' where id = ${messageId}`.execute(db());
  await asker.ask(tickets.operations.cancelSend, { id: ticket as string, message: messageId });
  expect(await asker.ask(ops.claimDelivery, { delivery: delivery.id }, SYSTEM)).toEqual({ claimed: false });

  const nobody = await accept({ sender: null, senderName: '' });
  const { messageId: lost } = await asker.ask(tickets.operations.reply, { id: nobody.ticket as string, text: '네' });
  await asker.ask(ops.queueReply, { ticket: nobody.ticket as string, message: lost }, SYSTEM);
  const { messages } = await ticketOf(nobody.ticket);
  expect(messages.at(-1)).toMatchObject({
    delivery: 'failed',
    failure: expect.stringContaining('메일 주소를 모릅니다'),
  });
});

test('a notice of non-delivery marks the reply and opens no ticket; our own mail that comes back is put aside', async () => {
  const { ticket } = await accept();
  const { delivery } = await replyOn(ticket as string);
  await asker.ask(ops.claimDelivery, { delivery: delivery.id }, SYSTEM);
  await settle(delivery.id, 'sent');
  const failed = { address: 'kim@example.com', action: 'failed' as const, status: '5.1.1', why: '550 user unknown' };
  const bounce = { recipients: [failed], about: [delivery.mail_id], guessed: false };
  expect(await accept({ bounce, sender: 'mailer-daemon@x.example' })).toEqual({ outcome: 'bounce', ticket: null });
  const { messages } = await ticketOf(ticket);
  expect(messages.at(-1)).toMatchObject({
    delivery: 'failed',
    failure: '받는 주소가 없습니다 (5.1.1 550 user unknown)',
  });
  expect(await accept({ mailId: delivery.mail_id })).toEqual({ outcome: 'own', ticket: null });
  const guessed = { ...bounce, about: ['strange@x.example'], guessed: true };
  expect(await accept({ bounce: guessed })).toMatchObject({ outcome: 'created' });
});

test('a new matter gets the first answer once, a program none, and nobody more than three a day', async () => {
  const firstResponse = { on: true, inHours: '접수했습니다.', outOfHours: null };
  await asker.ask(ops.save, { channel: 'email', enabled: true, hours: {}, firstResponse }, actorWith('manager'));
  const answered = async (mail: Parameters<typeof mailOf>[0]) => {
    const { ticket } = await accept({ sender: 'new@example.com', senderName: '새 고객', ...mail });
    return (await asker.ask(ops.ofTicket, { ticket: ticket as string })).automatic.length;
  };
  expect(await answered({ machine: 'auto_submitted' })).toBe(0);
  expect(await answered({ sender: 'help@shop.example' })).toBe(0);
  expect([await answered({}), await answered({}), await answered({}), await answered({})]).toEqual([1, 1, 1, 0]);
  await asker.ask(
    ops.save,
    { channel: 'email', enabled: true, hours: {}, firstResponse: { ...firstResponse, on: false } },
    actorWith('manager'),
  );
});

test('channels.save: the settings of a channel are refused where they say nothing', async () => {
  const none = { on: true, inHours: null, outOfHours: null };
  const save = { channel: 'chat' as const, enabled: true, hours: {}, firstResponse: none };
  const manager = actorWith('manager');
  expect(await asker.refused(ops.save, save, manager)).toMatchObject({ code: 'no_text' });
  const hours = { '1': ['18:00', '09:00'] as [string, string] };
  expect(await asker.refused(ops.save, { ...save, hours }, manager)).toMatchObject({ code: 'hours_reversed' });
});

test('channels.tellSource, channels.list, channels.retry: how a source stands is shown with since when and why; it may be tried at once', async () => {
  await tell('down', 'network');
  expect((await email()).sources).toMatchObject([{ state: 'down', why: 'network', address: 'help@shop.example' }]);
  expect(await asker.ask(ops.retry, { source: SOURCE }, actorWith('manager'))).toEqual({ result: 'asked' });
  expect(await asker.ask(ops.retry, { source: 'email:no' }, actorWith('manager'))).toEqual({ result: 'off' });
  await tell('ok');
  expect((await email()).sources[0]).toMatchObject({ state: 'ok', lastOkAt: expect.any(Date) });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.base}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });
const upload = (name: string, body: Uint8Array<ArrayBuffer>) =>
  fetch(`${server.base}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body,
  });
const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000a0000000a', 'hex');

test('files of a mail are downloads only, for those who may see their ticket; programs for nobody', async () => {
  const page = await storeFile(db() as never, Buffer.from('<script>alert(1)</script>'));
  const image = await storeFile(db() as never, PNG);
  const files = [
    { file: page.sha256, name: '안내 "1".html', cid: null, inline: false },
    { file: image.sha256, name: '사진.png', cid: 'i1', inline: true },
    { file: page.sha256, name: '송장.pdf.exe', cid: null, inline: false },
  ];
  const html = await storeFile(db() as never, Buffer.from('<p>본문</p><img data-cid="i1">'));
  const raw = await storeFile(db() as never, Buffer.from('From: kim@example.com\r\n\r\n본문'));
  const { ticket } = await accept({
    files,
    html: html.sha256,
    raw: raw.sha256,
    quotedText: '> 옛 글',
    remoteImages: 1,
  });
  const { messages } = await asker.ask(ops.ofTicket, { ticket: ticket as string });
  const { mail, files: shown } = messages[0]!;
  expect(mail).toMatchObject({ quoted: '> 옛 글', hasHtml: true, remoteImages: 1, hasRaw: true });
  expect(shown.map((it) => [it.mime, it.image, it.risk])).toEqual([
    ['text/plain', false, null],
    ['image/png', true, null],
    ['text/plain', false, 'program'],
  ]);
  const download = await get(`/files/channels.openFile/${shown[0]!.id}`);
  expect([download.status, await download.text()]).toEqual([200, '<script>alert(1)</script>']);
  expect(Object.fromEntries(download.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="__ _1_.html"; filename*=UTF-8''${encodeURIComponent('안내 "1".html')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  expect((await get(`/files/channels.openFile/${shown[1]!.id}`)).headers.get('content-type')).toBe('image/png');
  expect((await get(`/files/channels.openFile/${shown[2]!.id}`)).status).toBe(409);
  expect(await (await get(`/files/channels.openRaw/${mail!.id}`)).text()).toContain('본문');
  const opened = await asker.ask(ops.openHtml, { id: mail!.id });
  expect(opened).toEqual({ html: '<p>본문</p><img data-cid="i1">', images: [{ cid: 'i1', file: shown[1]!.id }] });
  expect((await asker.refused(ops.openFile, { id: shown[0]!.id }, world.outside)).status).toBe(404);
  expect((await asker.refused(ops.openRaw, { id: mail!.id }, world.outside)).status).toBe(404);
  expect((await fetch(`${server.base}/files/channels.openFile/${shown[0]!.id}`)).status).toBe(401);
  expect((await get(`/files/tickets.get/${ticket}`)).status).toBe(404);
  expect((await get(`/files/tickets.note/${ticket}`)).status).toBe(404);
});

test('channels.openHtml: the page of a mail runs nothing, loads nothing from elsewhere until asked, and shows its images', async () => {
  const html = await storeFile(
    db() as never,
    Buffer.from('<p>본문</p><img data-remote="https://t.example/a.png?x=1&amp;y=2">'),
  );
  const { ticket } = await accept({ html: html.sha256, remoteImages: 1 });
  const { messages } = await asker.ask(ops.ofTicket, { ticket: ticket as string });
  const plain = await get(`/mail/${messages[0]!.mail!.id}`);
  expect(await plain.text()).not.toContain('src="https://t.example');
  expect(plain.headers.get('content-security-policy')).toContain("img-src 'self';");
  expect(plain.headers.get('content-security-policy')).not.toContain('script');
  const asked = await get(`/mail/${messages[0]!.mail!.id}?remote=1`);
  expect(await asked.text()).toContain('src="https://t.example/a.png?x=1&amp;y=2"');
  expect(asked.headers.get('content-security-policy')).toContain("img-src 'self' https: http:;");
  expect((await fetch(`${server.base}/mail/${messages[0]!.mail!.id}`)).status).toBe(401);
});

test('a file is sent, put to a reply, taken off again, and goes out with the reply', async () => {
  const { ticket } = await accept();
  const id = ticket as string;
  const sent = (await (await upload('C:\\사진\\파손.png', PNG)).json()) as { id: string; name: string; mime: string };
  expect(sent).toMatchObject({ name: '파손.png', mime: 'image/png' });
  const attach = async (uploaded: string) =>
    (await server.post('channels.attach', { ticket: id, upload: uploaded }, { key })).body;
  const first = await attach(sent.id);
  expect(first).toMatchObject({ name: '파손.png', image: true });
  expect(await attach(id)).toMatchObject({ code: 'upload_gone' });
  const program = (await (await upload('a.png', Buffer.from('MZ\x90'))).json()) as { id: string };
  expect(await attach(program.id)).toMatchObject({ code: 'runs' });
  expect((await server.post('channels.detach', { id: first.id }, { key })).status).toBe(200);
  expect((await server.post('channels.detach', { id: first.id }, { key })).status).toBe(404);
  await attach(sent.id);
  const reply = (await server.post('tickets.reply', { id, text: '사진을 보냅니다.' }, { key })).body;
  await asker.ask(ops.queueReply, { ticket: id, message: reply.messageId as string }, SYSTEM);
  const { messages } = (await server.post('channels.ofTicket', { ticket: id }, { key })).body as never as {
    messages: { message: string; files: object[] }[];
  };
  expect(messages.find(({ message }) => message === reply.messageId)?.files).toMatchObject([{ name: '파손.png' }]);
  const failure = { id, message: reply.messageId as string, outcome: 'failed' as const, reason: '받지 않음' };
  await asker.ask(tickets.operations.markDelivery, failure, SYSTEM);
  const again = (await server.post('tickets.resend', { id, message: reply.messageId }, { key })).body;
  await asker.ask(ops.queueReply, { ticket: id, message: again.messageId as string }, SYSTEM);
  const after = await asker.ask(ops.ofTicket, { ticket: id });
  expect(after.messages.find(({ message }) => message === again.messageId)?.files).toMatchObject([
    { name: '파손.png' },
  ]);
  expect((await upload('big.bin', Buffer.alloc(30_000_001))).status).toBe(413);
});
