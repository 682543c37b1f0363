import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { pause } from '#platform/leader.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { routing } from './contract.ts';

let world: World;
const ops = routing.operations;
const head = actorWith('head');
const admin = actorWith('admin');
const charge = newId();
const refusedAs = (code: string) => ({ status: 409, code });

beforeAll(async () => {
  world = await testWorld();
  const db = world.database.write;
  await sql`insert into person (id, name, email) values (${charge}, '김도현', 'b2b@example.com')`.execute(db);
  await sql`insert into role_grant (id, person_id, role, centres) values (${newId()}, ${charge}, 'senior_agent', array['own'])`.execute(
    db,
  );
});
afterAll(() => world.database.close());

const bulk = { name: '단체', words: ['단체 주문'], person: charge, tag: 'B2B' };
const arrive = async (text: string, mall = 'own') =>
  (
    await world.ask(tickets.operations.create, {
      ...{ channel: 'email', mall, subject: '문의', text, customer: { name: '오하늘', email: 'sky@example.com' } },
    })
  ).id;
const get = (id: string) => world.ask(tickets.operations.get, { id });

test('routing.save, routing.versions, routing.activate: a version routes nothing until it is in effect, and ends the one before', async () => {
  const { version } = await world.ask(ops.save, { rules: [bulk], note: '처음' }, head);
  const id = await arrive('단체 주문 견적 부탁드립니다');
  expect(await world.ask(ops.route, { ticket: id }, admin)).toEqual({ routed: false });
  await world.ask(ops.activate, { version }, head);
  const second = (await world.ask(ops.save, { rules: [bulk] }, head)).version;
  await world.ask(ops.activate, { version: second }, head);
  expect(await world.refused(ops.activate, { version }, head)).toEqual(refusedAs('not_a_draft'));
  const { items } = await world.ask(ops.versions, {}, head);
  expect(items).toMatchObject([
    { version: second, state: 'active', rules: [{ name: '단체', personName: '김도현' }] },
    { version, state: 'past', note: '처음' },
  ]);
});

test('routing.save refuses rules that name nothing, people who are not there, and who leads some malls only', async () => {
  const save = (rule: object, actor = head) => world.refused(ops.save, { rules: [{ ...bulk, ...rule }] }, actor);
  expect(await save({ words: [] })).toEqual(refusedAs('names_nothing'));
  expect(await save({ person: newId() })).toEqual(refusedAs('person_unknown'));
  const theirs = actorWith('manager', { malls: ['11st'], centres: ['outsourced'] });
  expect(await save({}, theirs)).toEqual(refusedAs('beyond_your_scope'));
  expect(await world.refused(ops.activate, { version: 1 }, theirs)).toEqual(refusedAs('beyond_your_scope'));
});

test('routing.route: a business inquiry is the person’s in charge at once, once, with its tag; routing.hits says why', async () => {
  const id = await arrive('단체주문 200벌 견적 부탁드립니다');
  expect(await world.ask(ops.route, { ticket: id }, admin)).toEqual({ routed: true });
  expect(await get(id)).toMatchObject({ assignee: charge, tags: ['B2B'], centre: 'own' });
  expect(await world.ask(ops.route, { ticket: id }, admin)).toEqual({ routed: false });
  const { items } = await world.ask(ops.hits, {}, head);
  expect(items).toMatchObject([{ ticket: { id }, rule: '단체', why: ['단체 주문'], person: '김도현' }]);
  const outside = actorWith('manager', { malls: ['11st'], centres: ['outsourced'] });
  expect((await world.ask(ops.hits, {}, outside)).items).toEqual([]);
  expect(await world.ask(ops.route, { ticket: await arrive('환불해 주세요') }, admin)).toEqual({ routed: false });
  expect(await world.refused(ops.route, { ticket: newId() }, admin)).toEqual({ status: 404, code: 'not_found' });
});

test('what somebody works on already, and a person who has gone, are left alone', async () => {
  const worked = await arrive('단체 주문 문의');
  await world.ask(tickets.operations.setStatus, { id: worked, status: 'open' });
  expect(await world.ask(ops.route, { ticket: worked }, admin)).toEqual({ routed: false });
  await sql`update person set disabled_at = now() where id = ${charge}`.execute(world.database.write);
  const id = await arrive('단체 주문 문의');
  expect(await world.ask(ops.route, { ticket: id }, admin)).toEqual({ routed: false });
  await sql`update person set disabled_at = null where id = ${charge}`.execute(world.database.write);
});

test('a contact that comes in is routed by itself', async () => {
  await world.withJobs(async () => {
    const id = await arrive('단체 주문 300개 가능한가요');
    for (let wait = 0; wait < 200 && (await get(id)).assignee !== charge; wait++)
      await pause(50, new AbortController().signal);
    expect((await get(id)).assignee).toBe(charge);
  });
});

test('routing.tryRules: which past contacts would have matched, within scope, and nothing is changed', async () => {
  const id = await arrive('단체 주문 시험');
  const before = await get(id);
  const tried = await world.ask(
    ops.tryRules,
    { rules: [{ ...bulk, name: '시험', words: ['단체 주문 시험'] }, bulk], days: 90 },
    head,
  );
  expect(tried.rules[0]).toMatchObject({
    name: '시험',
    matched: 1,
    newest: [{ ticket: { id }, why: ['단체 주문 시험'] }],
  });
  expect(tried.rules[1]?.matched).toBeGreaterThan(2);
  expect(tried.more).toBe(false);
  expect(await get(id)).toEqual(before);
  const outside = actorWith('manager', { malls: ['11st'], centres: ['outsourced'] });
  expect((await world.ask(ops.tryRules, { rules: [bulk], days: 90 }, outside)).rules[0]?.matched).toBe(0);
});
