import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { SYSTEM } from '#platform/actors.ts';
import { scopedDb } from '#platform/scope.ts';
import { newId } from '#platform/values.ts';
import { tickets } from './contract.ts';
import { replyToSend } from './server/read.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = tickets.operations;

const mail = (more: object = {}) => ({
  ...{ source: 'email:cs@example.com', key: newId(), channel: 'email' as const, mall: 'own', subject: '배송 문의' },
  ...{ customer: { id: world.customer }, text: '언제 도착하나요?', at: new Date().toISOString() },
  ...more,
});
const receive = (more: object = {}) => world.ask(ops.receive, mail(more), SYSTEM);
const get = (id: string) => world.ask(ops.get, { id });
const mark = (id: string, message: string, outcome: 'sent' | 'failed', reason?: string) =>
  world.ask(ops.markDelivery, { id, message, outcome, ...(reason ? { reason } : {}) }, SYSTEM);
/** The hold of a reply is over. */
const later = (message: string) =>
  sql`update ticket_message set send_after = now() - interval '1 second' where id = ${message}`.execute(
    world.database.write,
  );

test('tickets.receive: files a new contact once, however often its source tells of it, also at the same moment', async () => {
  const input = mail();
  const told = await Promise.all([1, 2, 3, 4].map(() => world.ask(ops.receive, input, SYSTEM)));
  expect(new Set(told.map(({ ticket }) => ticket)).size).toBe(1);
  expect(told.map(({ outcome }) => outcome).sort()).toEqual(['created', 'known', 'known', 'known']);
  const ticket = await get(told[0]?.ticket ?? '');
  expect(ticket).toMatchObject({ status: 'new', channel: 'email', centre: 'own', assignee: null });
  expect(ticket.messages).toMatchObject([{ id: told[0]?.message, kind: 'inbound', text: '언제 도착하나요?' }]);
});

test('tickets.receive: a message for a ticket joins it; the customer waits, and it is found by what they wrote', async () => {
  const { ticket } = await receive();
  await world.ask(ops.setStatus, { id: ticket, status: 'pending' });
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const answer = await receive({ ticket, text: '옆선이 터졌습니다', at });
  expect(answer).toMatchObject({ ticket, outcome: 'added', thanks: false });
  const now = await get(ticket);
  expect(now.status).toBe('open');
  expect(now.messages.map(({ text }) => text)).toEqual(['언제 도착하나요?', '옆선이 터졌습니다']);
  expect(now.messages[1]?.saidAt).toEqual(new Date(at));
  expect((await world.ask(ops.list, { q: '옆선이' })).items.map(({ id }) => id)).toContain(ticket);
});

test('tickets.receive: opens a done ticket within the window of its channel, after it files a new one that is linked', async () => {
  const { ticket } = await receive({ channel: 'chat' });
  await world.ask(ops.setStatus, { id: ticket, status: 'solved' });
  expect(await receive({ ticket })).toMatchObject({ ticket, outcome: 'reopened' });
  expect(await get(ticket)).toMatchObject({ status: 'open', solvedAt: null });
  await world.ask(ops.setStatus, { id: ticket, status: 'solved' });
  await sql`update ticket set solved_at = now() - interval '25 hours' where id = ${ticket}`.execute(
    world.database.write,
  );
  const late = await receive({ ticket });
  expect(late.outcome).toBe('followed_up');
  expect(late.ticket).not.toBe(ticket);
  expect((await get(ticket)).status).toBe('solved');
  const links = await world.database.write
    .selectFrom('ticket_link')
    .select(['ticket_id', 'other_id', 'kind'])
    .execute();
  expect(links).toEqual(
    expect.arrayContaining([
      { ticket_id: ticket, other_id: late.ticket, kind: 'followed' },
      { ticket_id: late.ticket, other_id: ticket, kind: 'follow_up' },
    ]),
  );
});

test('tickets.receive: a mere thank-you is kept and opens nothing', async () => {
  const { ticket } = await receive();
  await world.ask(ops.setStatus, { id: ticket, status: 'solved' });
  expect(await receive({ ticket, text: '네 감사합니다!' })).toMatchObject({ outcome: 'added', thanks: true });
  const now = await get(ticket);
  expect(now).toMatchObject({ status: 'solved', waitingSince: null });
  expect(now.messages.at(-1)).toMatchObject({ text: '네 감사합니다!', thanks: true });
});

test('tickets.receive: a time of 1970 makes nobody wait since 1970', async () => {
  const { ticket } = await receive({ at: '1970-01-01T00:00:00Z' });
  expect(((await get(ticket)).waitingSince?.getTime() ?? 0) > Date.now() - 60_000).toBe(true);
});

test('tickets.receive: refuses an unknown mall, customer and ticket; what was refused may be told again', async () => {
  const refused = (more: object) => world.refused(ops.receive, mail({ key: 'again', ...more }), SYSTEM);
  expect(await refused({ mall: 'nowhere' })).toEqual({ status: 409, code: 'mall_unknown' });
  expect(await refused({ customer: { id: newId() } })).toEqual({ status: 409, code: 'customer_unknown' });
  expect(await refused({ ticket: newId() })).toEqual({ status: 404, code: 'not_found' });
  expect((await receive({ key: 'again' })).outcome).toBe('created');
  expect((await world.refused(ops.receive, mail())).status).toBe(403);
});

test('tickets.markDelivery: sent ends the waiting, also told twice; a bounce afterwards makes the customer wait again', async () => {
  const { ticket } = await receive();
  const since = (await get(ticket)).waitingSince;
  const { messageId } = await world.ask(ops.reply, { id: ticket, text: '내일 도착합니다.' });
  expect(await get(ticket)).toMatchObject({ status: 'open', waitingSince: since, firstRepliedAt: null });
  const { version } = await mark(ticket, messageId, 'sent');
  expect(await mark(ticket, messageId, 'sent')).toEqual({ version });
  const sent = await get(ticket);
  expect(sent.waitingSince).toBeNull();
  expect(sent.firstRepliedAt).not.toBeNull();
  await mark(ticket, messageId, 'failed', '받는 주소가 없습니다');
  const bounced = await get(ticket);
  expect(bounced.waitingSince).toEqual(since);
  expect(bounced.messages.at(-1)).toMatchObject({
    delivery: 'failed',
    failure: '받는 주소가 없습니다',
    settled: false,
  });
  expect(await world.refused(ops.markDelivery, { id: ticket, message: newId(), outcome: 'sent' }, SYSTEM)).toEqual({
    ...{ status: 409, code: 'no_message' },
  });
});

test('tickets.markDelivery: what the customer wrote while a reply was on its way is not answered by it', async () => {
  const { ticket } = await receive();
  const { messageId } = await world.ask(ops.reply, { id: ticket, text: '내일 도착합니다.' });
  const { message } = await receive({ ticket, text: '주소도 바꿔 주세요' });
  await mark(ticket, messageId, 'sent');
  const now = await get(ticket);
  const said = now.messages.find(({ id }) => id === message);
  expect(now.waitingSince).toEqual(said?.saidAt ?? said?.at);
});

test('tickets.cancelSend: within the hold the text is its writer’s again and nobody sends it; later, and for others, not', async () => {
  const { ticket: id } = await receive();
  const first = await world.ask(ops.reply, { id, text: '앗 잘못 썼습니다' });
  expect(first.sendAfter.getTime() - Date.now()).toBeGreaterThan(8_000);
  const other = await world.refused(
    ops.cancelSend,
    { id, message: first.messageId },
    {
      ...world.agent,
      id: newId(),
    },
  );
  expect(other.code).toBe('others_reply');
  expect(await world.ask(ops.cancelSend, { id, message: first.messageId })).toMatchObject({ text: '앗 잘못 썼습니다' });
  expect((await get(id)).messages).toHaveLength(1);
  const taken = { id, message: first.messageId };
  expect((await world.refused(ops.markDelivery, { ...taken, outcome: 'sent' }, SYSTEM)).code).toBe('taken_back');
  expect((await world.refused(ops.cancelSend, taken)).code).toBe('no_message');
  const second = await world.ask(ops.reply, { id, text: '내일 도착합니다.', basedOn: (await get(id)).messages[0]?.id });
  await later(second.messageId);
  expect((await world.refused(ops.cancelSend, { id, message: second.messageId })).code).toBe('too_late');
  const { ticket: chat } = await receive({ channel: 'chat' });
  const now = await world.ask(ops.reply, { id: chat, text: '네' });
  expect((await world.refused(ops.cancelSend, { id: chat, message: now.messageId })).code).toBe('too_late');
});

test('a connector reads a reply once its hold is over, and not after it was sent or taken back', async () => {
  const { ticket } = await receive();
  const { messageId } = await world.ask(ops.reply, { id: ticket, text: '내일 도착합니다.' });
  const toSend = () =>
    replyToSend({ scoped: scopedDb(world.database.write, 'everything'), now: new Date() }, ticket, messageId);
  expect(await toSend()).toBeNull();
  await later(messageId);
  expect(await toSend()).toMatchObject({ text: '내일 도착합니다.', channel: 'email', customer: world.customer });
  await mark(ticket, messageId, 'sent');
  expect(await toSend()).toBeNull();
});

test('tickets.resend and tickets.dismissFailed: a failed reply is said again as a new attempt, or let be; each once', async () => {
  const { ticket: id } = await receive();
  const { messageId: message } = await world.ask(ops.reply, { id, text: '내일 도착합니다.' });
  expect((await world.refused(ops.resend, { id, message })).code).toBe('not_failed');
  await mark(id, message, 'failed', '편지함이 가득 참');
  const again = await world.ask(ops.resend, { id, message });
  const { messages } = await get(id);
  expect(messages.slice(1)).toMatchObject([
    { id: message, delivery: 'failed', settled: true },
    { id: again.messageId, delivery: 'queued', text: '내일 도착합니다.' },
  ]);
  expect((await world.refused(ops.resend, { id, message })).code).toBe('not_failed');
  await mark(id, again.messageId, 'failed');
  await world.ask(ops.dismissFailed, { id, message: again.messageId, reason: '전화로 안내함' });
  expect((await world.refused(ops.dismissFailed, { id, message: again.messageId, reason: 'x' })).code).toBe(
    'not_failed',
  );
});
