import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { SYSTEM } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { tickets } from './contract.ts';

let world: World;
let colleague: World['agent'];
beforeAll(async () => {
  world = await testWorld();
  const id = newId();
  await sql`insert into person (id, name, email) values (${id}, '이하은', 'agent2@example.com')`.execute(
    world.database.write,
  );
  for (const person of [world.person, id])
    await sql`insert into role_grant (id, person_id, role) values (${newId()}, ${person}, 'agent')`.execute(
      world.database.write,
    );
  colleague = { ...world.agent, id, name: '이하은' };
});
afterAll(() => world.database.close());
const ops = tickets.operations;

async function newTicket() {
  const customer = { id: world.customer };
  const input = { channel: 'form' as const, mall: 'own', customer, subject: '교환 문의', text: '바꾸고 싶습니다.' };
  return world.ask(ops.create, input);
}
const get = (id: string) => world.ask(ops.get, { id });
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const inView = async (view: 'open' | 'snoozed' | 'mentioned' | 'watching' | 'due' | 'unsent', actor = world.agent) =>
  (await world.ask(ops.list, { view, limit: 200 }, actor)).items.map(({ id }) => id);

test('tickets.setPriority and tickets.undo: a change is taken back once, exactly, and by who made it', async () => {
  const { id } = await newTicket();
  const before = await get(id);
  const { version } = await world.ask(ops.setPriority, { id, priority: 'urgent', version: 1 });
  expect((await world.refused(ops.setPriority, { id, priority: 'low', version: 1 })).code).toBe('stale_version');
  expect((await world.refused(ops.undo, { id, version }, colleague)).code).toBe('nothing_to_undo');
  await world.ask(ops.tag, { id, add: ['긴급'] });
  await world.ask(ops.undo, { id, version });
  expect(await get(id)).toMatchObject({ priority: before.priority, tags: ['긴급'] });
  expect((await world.refused(ops.undo, { id, version })).code).toBe('nothing_to_undo');
});

test('tickets.undo: of a status gives back who waited, since when; refuses what a colleague has set anew', async () => {
  const { id } = await newTicket();
  const before = await get(id);
  const { version } = await world.ask(ops.setStatus, { id, status: 'solved' });
  const { version: back } = await world.ask(ops.undo, { id, version });
  expect(await get(id)).toEqual({ ...before, version: back, updatedAt: expect.any(Date) });
  const mine = await world.ask(ops.assign, { id, assignee: world.person });
  await world.ask(ops.assign, { id, assignee: colleague.id }, colleague);
  expect((await world.refused(ops.undo, { id, version: mine.version })).code).toBe('changed_since');
});

test('tickets.snooze and tickets.wake: it leaves the queue, comes back by itself, and wakes when the customer writes', async () => {
  const { id } = await newTicket();
  expect((await world.refused(ops.snooze, { id, until: soon(-1_000) })).code).toBe('past');
  await world.ask(ops.snooze, { id, until: soon(86_400_000) });
  expect(await inView('open')).not.toContain(id);
  expect(await inView('snoozed')).toContain(id);
  expect(await world.ask(ops.wake, { id }, SYSTEM)).toEqual({ woke: false });
  const at = new Date().toISOString();
  const said = {
    channel: 'form' as const,
    mall: 'own',
    customer: { id: world.customer },
    subject: '문의',
    text: '네?',
  };
  await world.ask(ops.receive, { source: 'form', key: newId(), ticket: id, at, ...said }, SYSTEM);
  expect((await get(id)).snoozedUntil).toBeNull();
  await world.withJobs(async () => {
    await world.ask(ops.snooze, { id, until: soon(300) });
    await expect.poll(async () => (await get(id)).snoozedUntil, { timeout: 10_000 }).toBeNull();
  });
  expect(await inView('open')).toContain(id);
  expect((await get(id)).snoozedMinutes).toBe(1);
});

test('tickets.laterTimes: times ahead to put a ticket off to', async () => {
  const { items } = await world.ask(ops.laterTimes, {});
  expect(items.length).toBeGreaterThan(3);
  expect(items.every(({ at }) => at > new Date())).toBe(true);
});

test('tickets.setFollowUp: not in the past; on its day the ticket stands in the view of what is due', async () => {
  const { id } = await newTicket();
  expect((await world.refused(ops.setFollowUp, { id, on: '2026-01-01' })).code).toBe('past');
  await world.ask(ops.setFollowUp, { id, on: '2099-01-02' });
  expect(await inView('due')).not.toContain(id);
  await sql`update ticket set follow_up_on = '2026-01-01' where id = ${id}`.execute(world.database.write);
  expect(await inView('due')).toContain(id);
  expect((await get(id)).followUpOn).toBe('2026-01-01');
});

test('tickets.watch, tickets.note, tickets.around and tickets.seeMentions: who is called upon finds it, and watches from now', async () => {
  const { id } = await newTicket();
  await world.ask(ops.watch, { id, on: true });
  expect(await inView('watching')).toContain(id);
  await world.ask(ops.note, { id, text: '@이하은 재고 확인 부탁드립니다', mentions: [colleague.id] });
  expect(await inView('mentioned', colleague)).toContain(id);
  const around = await world.ask(ops.around, { id }, colleague);
  expect(around.watchers.map(({ name }) => name)).toEqual(['박지민', '이하은']);
  expect(around.mentions).toHaveLength(1);
  expect(await world.ask(ops.seeMentions, { id }, colleague)).toEqual({ seen: 1 });
  expect(await inView('mentioned', colleague)).not.toContain(id);
  await world.ask(ops.watch, { id, on: false });
  expect(await inView('watching')).not.toContain(id);
  const wrong = { id, text: '@없는사람', mentions: [newId()] };
  expect((await world.refused(ops.note, wrong)).code).toBe('mentioned_unknown');
  expect((await world.refused(ops.watch, { id, person: newId(), on: true })).code).toBe('person_unknown');
  const told = await world.database.write
    .selectFrom('outbox')
    .select(['person', 'data'])
    .where('event', '=', 'tickets.mentioned')
    .execute();
  expect(told).toMatchObject([{ person: colleague.id, data: { by: world.person } }]);
});

test('tickets.link: leads both ways until it is parted; what follows by itself stays', async () => {
  const one = await newTicket();
  const other = await newTicket();
  await world.ask(ops.link, { id: one.id, number: other.number, on: true });
  const linked = async (id: string) => (await world.ask(ops.around, { id })).links.map((link) => link.number);
  expect([await linked(one.id), await linked(other.id)]).toEqual([[other.number], [one.number]]);
  await world.ask(ops.link, { id: other.id, number: one.number, on: false });
  expect(await linked(one.id)).toEqual([]);
  expect((await world.refused(ops.link, { id: one.id, number: other.number, on: false })).code).toBe(
    'linked_by_itself',
  );
  expect((await world.refused(ops.link, { id: one.id, number: one.number, on: true })).code).toBe('no_other');
  const strange = await get(world.strangeTicket);
  const { id } = await world.ask(ops.create, {
    ...{ channel: 'form', mall: '11st', customer: { id: world.stranger }, subject: '문의', text: '문의' },
  });
  await world.ask(ops.link, { id, number: strange.number, on: true }, world.outside);
  expect((await world.refused(ops.link, { id, number: one.number, on: true }, world.outside)).code).toBe('no_other');
});

test('tickets.here and tickets.presence: who looks and who writes is heard, within scope, and leaves no record', async () => {
  const { id } = await newTicket();
  const audits = () => world.database.write.selectFrom('audit_record').select('id').execute();
  const before = (await audits()).length;
  await world.ask(ops.here, { id, state: 'writing' }, colleague);
  expect(await world.ask(ops.presence, {})).toMatchObject({
    items: [{ ticket: id, name: '이하은', state: 'writing' }],
  });
  expect((await world.ask(ops.presence, {}, world.outside)).items).toEqual([]);
  expect((await world.refused(ops.here, { id, state: 'viewing' }, world.outside)).status).toBe(404);
  await world.ask(ops.here, { id, state: 'left' }, colleague);
  expect((await world.ask(ops.presence, {})).items).toEqual([]);
  expect((await audits()).length).toBe(before);
  await world.ask(ops.here, { id, state: 'viewing' }, colleague);
  await sql`update ticket_presence set until = now() - interval '1 second'`.execute(world.database.write);
  expect((await world.ask(ops.presence, {})).items).toEqual([]);
});

test('tickets.assign: who takes a ticket over tells the colleague who had it', async () => {
  const { id, number } = await newTicket();
  await world.ask(ops.assign, { id, assignee: colleague.id });
  await world.ask(ops.assign, { id, assignee: world.person });
  const told = await world.database.write
    .selectFrom('outbox')
    .select(['person', 'data'])
    .where('event', '=', 'tickets.taken_over')
    .where('subject_id', '=', id)
    .execute();
  expect(told).toMatchObject([{ person: colleague.id, data: { number, byName: world.agent.name } }]);
});

test('tickets.setMyState, tickets.myState and tickets.colleagues: who takes contacts now, and what each has open', async () => {
  expect(await world.ask(ops.myState, {})).toMatchObject({ state: 'away', since: null });
  await world.ask(ops.setMyState, { state: 'ready' });
  await world.ask(ops.setMyState, { state: 'away', reason: '식사' }, colleague);
  expect(await world.ask(ops.myState, {})).toMatchObject({ state: 'ready', reason: null });
  const { id } = await newTicket();
  const open = async () => (await world.ask(ops.colleagues, { q: '박지' })).items[0]?.open ?? 0;
  const before = await open();
  await world.ask(ops.assign, { id, assignee: world.person });
  expect(await open()).toBe(before + 1);
  expect(await world.ask(ops.colleagues, { q: '이하' })).toMatchObject({
    items: [{ id: colleague.id, state: 'away', reason: '식사' }],
  });
});

test('a reply that failed stands in its writer’s view until it is dealt with', async () => {
  const { id } = await newTicket();
  const { messageId: message } = await world.ask(ops.reply, { id, text: '확인하겠습니다.' });
  await world.ask(ops.markDelivery, { id, message, outcome: 'failed', reason: '없는 주소' }, SYSTEM);
  expect(await inView('unsent')).toContain(id);
  expect(await inView('unsent', colleague)).not.toContain(id);
  await world.ask(ops.dismissFailed, { id, message, reason: '전화로 안내함' });
  expect(await inView('unsent')).not.toContain(id);
});
