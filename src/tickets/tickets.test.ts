import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { newId } from '#platform/values.ts';
import { tickets } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = tickets.operations;
const gone = { status: 404, code: 'not_found' };

async function newTicket() {
  const { id } = await world.ask(ops.create, {
    channel: 'form',
    mall: 'own',
    customer: { id: world.customer },
    subject: '교환 문의',
    text: '한 치수 큰 것으로 바꾸고 싶습니다.',
  });
  return id;
}

test('tickets.create: files the contact with its first message, for the mall’s centre; the customer waits from now', async () => {
  const made = await world.ask(ops.create, {
    channel: 'form',
    mall: '11st',
    customer: { name: '새고객', phone: '010-0000-4444' },
    subject: '문의',
    text: '언제 오나요',
    tags: ['배송', '배송'],
  });
  const ticket = await world.ask(ops.get, { number: made.number });
  expect(ticket).toMatchObject({ id: made.id, status: 'new', mall: '11st', tags: ['배송'], version: 1 });
  expect(ticket.messages).toMatchObject([{ kind: 'inbound', text: '언제 오나요' }]);
  expect(ticket.waitingSince).not.toBeNull();
});

test('tickets.create: refuses a mall outside of the caller’s scope, and a customer that is not there', async () => {
  const input = { channel: 'form' as const, mall: 'own', customer: { id: newId() }, subject: '문의', text: '문의' };
  expect(await world.refused(ops.create, input)).toEqual({ status: 409, code: 'customer_unknown' });
  expect(await world.refused(ops.create, input, world.outside)).toEqual({ status: 409, code: 'outside_scope' });
});

test('tickets.list: by view, channel, mall, tag, customer and words; who waits longest first when asked', async () => {
  const found = async (input: object) => (await world.ask(ops.list, input)).items.map(({ id }) => id);
  expect(await found({ customer: world.customer, channel: 'kakao' })).toEqual([world.ticket]);
  expect(await found({ mall: '11st', q: '도착' })).toContain(world.strangeTicket);
  expect(await found({ q: '도착하나' })).toEqual(expect.arrayContaining([world.ticket, world.strangeTicket]));
  expect((await found({ sort: 'waiting' })).slice(0, 2)).toEqual([world.ticket, world.strangeTicket]);
  expect(await found({ tag: '없는태그' })).toEqual([]);
  const outside = await world.ask(ops.list, {}, world.outside);
  expect(outside.items.every(({ mall }) => mall === '11st')).toBe(true);
});

test('tickets.count: says how many wait in each view, as the list would show them, within the scope', async () => {
  const id = await newTicket();
  await world.ask(ops.assign, { id, assignee: world.person });
  const shown = async (view: 'open' | 'mine' | 'unassigned' | 'waiting', actor?: typeof world.outside) =>
    (await world.ask(ops.list, { view, limit: 200 }, actor)).items.length;
  for (const actor of [undefined, world.outside]) {
    const counts = await world.ask(ops.count, {}, actor);
    for (const view of ['open', 'mine', 'unassigned', 'waiting'] as const)
      expect(counts[view], view).toBe(await shown(view, actor));
  }
  const { mine, open } = await world.ask(ops.count, {});
  expect(mine).toBeGreaterThan(0);
  expect((await world.ask(ops.count, { channel: 'sns' })).open).toBeLessThan(open);
});

test('tickets.reply: waits for the channel; refuses when a newer message has come in that the writer did not see', async () => {
  const id = await newTicket();
  const seen = (await world.ask(ops.get, { id })).messages.at(-1)?.id ?? '';
  const first = await world.ask(ops.reply, { id, text: '확인하겠습니다.', basedOn: seen });
  expect(first.delivery).toBe('queued');
  expect(await world.refused(ops.reply, { id, text: '다시', basedOn: seen })).toEqual({
    status: 409,
    code: 'newer_message',
  });
  expect((await world.ask(ops.reply, { id, text: '다시', basedOn: first.messageId })).delivery).toBe('queued');
  expect((await world.ask(ops.get, { id })).status).toBe('open');
});

test('tickets.note: our note changes nothing that a reply must have seen', async () => {
  const id = await newTicket();
  const seen = (await world.ask(ops.get, { id })).messages.at(-1)?.id ?? '';
  expect(await world.ask(ops.note, { id, text: '재고 확인 중' })).toEqual({ version: 2 });
  await world.ask(ops.reply, { id, text: '확인하겠습니다.', basedOn: seen });
});

test('tickets.assign: to a colleague, or to nobody; refuses who is not there, and a version that is old', async () => {
  const id = await newTicket();
  expect(await world.ask(ops.assign, { id, assignee: world.person, version: 1 })).toEqual({ version: 2 });
  expect((await world.ask(ops.list, { view: 'mine' })).items.map((ticket) => ticket.id)).toContain(id);
  const stale = { status: 409, code: 'stale_version' };
  expect(await world.refused(ops.assign, { id, assignee: null, version: 1 })).toEqual(stale);
  const nobody = { status: 409, code: 'assignee_unknown' };
  expect(await world.refused(ops.assign, { id, assignee: newId() })).toEqual(nobody);
  expect(await world.ask(ops.assign, { id, assignee: null })).toEqual({ version: 3 });
});

test('tickets.setStatus: nobody waits on a solved ticket; one opened again waits from now', async () => {
  const id = await newTicket();
  await world.ask(ops.setStatus, { id, status: 'solved' });
  expect(await world.ask(ops.get, { id })).toMatchObject({ status: 'solved', waitingSince: null });
  await world.ask(ops.setStatus, { id, status: 'open' });
  expect((await world.ask(ops.get, { id })).waitingSince).not.toBeNull();
  expect(await world.ask(ops.setStatus, { id, status: 'open' })).toEqual({ version: 3 });
});

test('tickets.tag: adds and takes off; refuses more than twenty, and a version that is old', async () => {
  const id = await newTicket();
  expect(await world.ask(ops.tag, { id, add: ['교환', '긴급'], version: 1 })).toEqual({ version: 2 });
  expect(await world.ask(ops.tag, { id, add: ['교환'] })).toEqual({ version: 2 });
  expect(await world.ask(ops.tag, { id, remove: ['긴급'], add: ['재문의'] })).toEqual({ version: 3 });
  expect((await world.ask(ops.get, { id })).tags).toEqual(['교환', '재문의']);
  const many = Array.from({ length: 19 }, (_, n) => `태그${n}`);
  expect(await world.refused(ops.tag, { id, add: many })).toEqual({ status: 409, code: 'too_many_tags' });
  expect(await world.refused(ops.tag, { id, add: ['x'], version: 1 })).toEqual({ status: 409, code: 'stale_version' });
});

test('a ticket outside of the scope does not exist, and stays as it was', async () => {
  const id = world.ticket;
  const before = await world.ask(ops.get, { id });
  for (const [op, input] of [
    [ops.get, { id }],
    [ops.reply, { id, text: 'x' }],
    [ops.note, { id, text: 'x' }],
    [ops.assign, { id, assignee: null }],
    [ops.setStatus, { id, status: 'solved' as const }],
    [ops.tag, { id, add: ['x'] }],
  ] as const) {
    const { status } = await world.execute(op.name, input, world.outside);
    expect([op.name, status]).toEqual([op.name, gone.status]);
  }
  expect(await world.ask(ops.get, { id })).toEqual(before);
});
