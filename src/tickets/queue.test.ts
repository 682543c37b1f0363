import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith, SYSTEM } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { tickets } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
  await person('박지민', world.person, ['own']);
});
afterAll(() => world.database.close());
const ops = tickets.operations;
const write = () => world.database.write;

async function person(name: string, id = newId(), centres: string[] | null = ['own']) {
  await sql`insert into person (id, name, email) values (${id}, ${name}, ${`${id}@example.com`})
    on conflict do nothing`.execute(write());
  await sql`insert into role_grant (id, person_id, role, centres) values (${newId()}, ${id}, 'agent', ${centres})`.execute(
    write(),
  );
  return actorWith('agent', { centres }, id);
}

async function newTicket(more: object = {}) {
  const input = {
    channel: 'form' as const,
    mall: 'own',
    customer: { id: world.customer },
    subject: '문의',
    text: '문의',
  };
  return world.ask(ops.create, { ...input, ...more });
}
const get = (id: string) => world.ask(ops.get, { id });
const bulkDone = (id: string, state: string) =>
  expect.poll(async () => (await world.ask(ops.bulk, { id })).state, { timeout: 15_000 }).toBe(state);

test('tickets.saveView, tickets.views and tickets.removeView: mine and what is shared with me, with bounded counts', async () => {
  await newTicket({ tags: ['보기'], priority: 'urgent' });
  const filter = { view: 'open' as const, tag: '보기', priority: 'urgent' as const };
  const { id } = await world.ask(ops.saveView, { name: '긴급', shared: 'centre', filter });
  await world.ask(ops.saveView, { name: '찾기', shared: 'own', filter: { q: '문의' } });
  const mine = (await world.ask(ops.views, {})).items;
  expect(mine).toMatchObject([
    { id, name: '긴급', mine: true, filter, count: 1 },
    { name: '찾기', shared: 'own', count: null },
  ]);
  const near = await person('이하은');
  expect((await world.ask(ops.views, {}, near)).items).toMatchObject([{ id, mine: false, count: 1 }]);
  expect((await world.refused(ops.removeView, { id }, near)).status).toBe(404);
  expect((await world.refused(ops.saveView, { id, name: 'x', shared: 'own', filter: {} }, near)).status).toBe(404);
  await world.ask(ops.saveView, { id, name: '아주 급함', shared: 'own', filter });
  expect((await world.ask(ops.views, {}, near)).items).toEqual([]);
  await world.ask(ops.removeView, { id });
  for (let n = 0; n < 29; n++) await world.ask(ops.saveView, { name: `보기 ${n}`, shared: 'own', filter: {} });
  const more = await world.refused(ops.saveView, { name: '하나 더', shared: 'own', filter: {} });
  expect(more.code).toBe('too_many_views');
});

test('tickets.bulkChange, tickets.bulk and tickets.undoBulk: a line for each, and the whole taken back but for what others did', async () => {
  const made = await Promise.all(Array.from({ length: 30 }, () => newTicket({ tags: ['묶음'] })));
  const full = await newTicket({ tags: Array.from({ length: 20 }, (_, n) => `태그${n}`) });
  const before = await get(made[0]?.id ?? '');
  const ids = [...made.map(({ id }) => id), full.id, world.strangeTicket];
  const near = await person('최유진', newId(), ['own']);
  const change = { status: 'hold' as const, addTags: ['일괄'] };
  await world.withJobs(async () => {
    const { bulk, total } = await world.ask(ops.bulkChange, { ids, change }, near);
    expect(total).toBe(31);
    const of = (id: string) => world.ask(ops.bulk, { id, limit: 200 }, near);
    await expect.poll(async () => (await of(bulk)).state, { timeout: 15_000 }).toBe('done');
    const result = await of(bulk);
    expect(result.counts).toMatchObject({ changed: 30, refused: 1, unchanged: 0 });
    expect(result.items.find(({ ticket }) => ticket === full.id)).toMatchObject({
      outcome: 'refused',
      why: 'too_many_tags',
    });
    expect(await get(before.id)).toMatchObject({ status: 'hold', tags: ['묶음', '일괄'] });
    const history = await world.ask(ops.history, { id: before.id });
    expect(history.items[0]).toMatchObject({ event: 'changed', by: near.name, bulk, undone: false });
    await world.ask(ops.setStatus, { id: made[1]?.id ?? '', status: 'open' });
    expect((await world.refused(ops.bulk, { id: bulk })).status).toBe(404);
    await world.ask(ops.undoBulk, { id: bulk }, near);
    await expect.poll(async () => (await of(bulk)).state, { timeout: 15_000 }).toBe('undone');
    expect((await of(bulk)).counts).toMatchObject({ undone: 29, kept: 1 });
    expect(await get(before.id)).toEqual({ ...before, version: 3, updatedAt: expect.any(Date) });
    expect((await get(made[1]?.id ?? '')).status).toBe('open');
    expect((await world.refused(ops.undoBulk, { id: bulk }, near)).code).toBe('still_running');
  });
});

test('tickets.bulkChange: over a whole filter; refuses nothing, an unknown person and a past time; tickets.cancelBulk stops tickets.stepBulk', async () => {
  await newTicket({ tags: ['필터'] });
  await newTicket({ tags: ['필터'] });
  const filter = { tag: '필터' };
  await world.withJobs(async () => {
    const { bulk, total } = await world.ask(ops.bulkChange, { filter, change: { priority: 'high' } });
    expect(total).toBe(2);
    await bulkDone(bulk, 'done');
  });
  expect((await world.ask(ops.list, { ...filter, priority: 'high' })).items).toHaveLength(2);
  const refused = async (input: object) => (await world.refused(ops.bulkChange, input as never)).code;
  expect(await refused({ filter: { tag: '없음' }, change: { priority: 'high' } })).toBe('nothing_chosen');
  expect(await refused({ filter, change: { assignee: newId() } })).toBe('assignee_unknown');
  expect(await refused({ filter, change: { snoozeUntil: '2020-01-01T00:00:00Z' } })).toBe('past');
  const { bulk } = await world.ask(ops.bulkChange, { filter, change: { priority: 'low' } });
  expect(await world.ask(ops.cancelBulk, { id: bulk })).toEqual({ state: 'cancelled' });
  expect(await world.ask(ops.stepBulk, { id: bulk, undo: false }, SYSTEM)).toEqual({ left: 0, done: 0 });
  expect((await world.ask(ops.list, { ...filter, priority: 'low' })).items).toEqual([]);
});

test('tickets.bulkChange: solving many asks what solving one asks; a line that lacks it is refused, the others are done', async () => {
  const made = [await newTicket({ tags: ['끝'] }), await newTicket({ tags: ['끝'] })];
  await world.withJobs(async () => {
    const change = { status: 'solved' as const, addTags: ['마감'] };
    const { bulk } = await world.ask(ops.bulkChange, { filter: { tag: '끝' }, change });
    await bulkDone(bulk, 'done');
    for (const { id } of made) expect(await get(id)).toMatchObject({ status: 'solved', tags: ['끝', '마감'] });
    await world.ask(ops.undoBulk, { id: bulk });
    await bulkDone(bulk, 'undone');
    for (const { id } of made) expect(await get(id)).toMatchObject({ status: 'new', tags: ['끝'] });
  });
  await sql`insert into voc_requirement (mall, required, set_by_name, set_at) values ('own', true, '시험', now())
    on conflict (mall) do update set required = true`.execute(write());
  await world.withJobs(async () => {
    const { bulk } = await world.ask(ops.bulkChange, { filter: { tag: '끝' }, change: { status: 'solved' } });
    await bulkDone(bulk, 'done');
    const { counts, items } = await world.ask(ops.bulk, { id: bulk });
    expect([counts.refused, counts.changed, items[0]?.why]).toEqual([2, 0, 'record_missing']);
  });
  await sql`update voc_requirement set required = false`.execute(write());
});

test('tickets.history: who changed what, newest first, with people by name', async () => {
  const { id } = await newTicket();
  await world.ask(ops.assign, { id, assignee: world.person });
  await world.ask(ops.tag, { id, add: ['하나'] });
  const { items } = await world.ask(ops.history, { id });
  expect(items.map(({ event }) => event)).toEqual(['tagged', 'assigned']);
  expect(items[1]?.changes).toEqual([{ field: 'assignee', before: null, after: '박지민' }]);
  const page = await world.ask(ops.history, { id, limit: 1 });
  expect((await world.ask(ops.history, { id, cursor: page.next ?? '' })).items).toMatchObject([{ event: 'assigned' }]);
});

test('tickets.setAssignment, tickets.setSkills, tickets.rules and tickets.assignWaiting: to who is ready, serves it and has least', async () => {
  await sql`update ticket set assignee = ${world.person} where assignee is null`.execute(write());
  const manager = actorWith('manager', { centres: ['own'] });
  const one = await person('구본석');
  const other = await person('차은호');
  await person('민가람');
  expect(
    (await world.refused(ops.setAssignment, { centre: 'outsourced', mode: 'load', mostOpen: 9 }, manager)).code,
  ).toBe('no_centre');
  await world.ask(ops.setAssignment, { centre: 'own', mode: 'load', mostOpen: 3 }, manager);
  const skills = { malls: null, channels: ['chat' as const], mostOpen: null };
  await world.ask(ops.setSkills, { person: other.id, ...skills }, manager);
  expect((await world.refused(ops.setSkills, { person: newId(), ...skills }, manager)).code).toBe('person_unknown');
  await world.ask(ops.setMyState, { state: 'ready' }, one);
  await world.ask(ops.setMyState, { state: 'ready' }, other);
  const forms = [await newTicket(), await newTicket(), await newTicket(), await newTicket()];
  const chats = [await newTicket({ channel: 'chat' })];
  expect(await world.ask(ops.assignWaiting, { centre: 'own' }, SYSTEM)).toEqual({ assigned: 4 });
  const of = async (made: { id: string }[]) => Promise.all(made.map(async ({ id }) => (await get(id)).assignee));
  expect(await of(forms)).toEqual([one.id, one.id, one.id, null]);
  expect(await of(chats)).toEqual([other.id]);
  const rules = await world.ask(ops.rules, {}, manager);
  expect(rules.centres).toEqual([{ centre: 'own', name: '본사', mode: 'load', mostOpen: 3 }]);
  expect(rules.agents.find(({ id }) => id === other.id)).toMatchObject({ channels: ['chat'], state: 'ready' });
  await world.withJobs(async () => {
    await world.ask(ops.setStatus, { id: forms[0]?.id ?? '', status: 'solved' });
    await expect.poll(async () => (await of(forms))[3], { timeout: 15_000 }).toBe(one.id);
  });
});

test('tickets.setChannelRule and tickets.closeQuiet: what has waited for the customer long enough is closed, nothing else', async () => {
  const planner = actorWith('planner');
  const rule = { channel: 'form' as const, reopenDays: 14, holdSeconds: 10, autoCloseDays: 5 };
  await world.ask(ops.setChannelRule, rule, planner);
  const [old, fresh, sns] = [await newTicket(), await newTicket(), await newTicket({ channel: 'sns' })];
  await world.ask(ops.setChannelRule, { ...rule, channel: 'sns', autoCloseDays: null }, planner);
  for (const { id } of [old, fresh, sns]) await world.ask(ops.setStatus, { id, status: 'pending' });
  await sql`update ticket set status_since = now() - interval '20 days' where id in (${old.id}, ${sns.id})`.execute(
    write(),
  );
  expect(await world.ask(ops.closeQuiet, {}, SYSTEM)).toEqual({ closed: 1 });
  expect((await Promise.all([old, fresh, sns].map(({ id }) => get(id)))).map(({ status }) => status)).toEqual([
    ...['solved', 'pending', 'pending'],
  ]);
  expect((await world.ask(ops.history, { id: old.id })).items[0]).toMatchObject({ event: 'auto_closed' });
  expect((await world.refused(ops.setChannelRule, rule)).status).toBe(403);
  const { channels } = await world.ask(ops.rules, {});
  expect(channels.find(({ channel }) => channel === 'sns')).toMatchObject({ autoCloseDays: null });
});
