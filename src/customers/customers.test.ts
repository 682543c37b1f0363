import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { customers } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = customers.operations;
const gone = { status: 404, code: 'not_found' };

test('customers.search: by name, initial consonants, digits of the phone and e-mail; masked', async () => {
  for (const q of ['김서연', '서연', 'ㄱㅅㅇ', '1234', '0000-1234', 'kim@example']) {
    const { items } = await world.ask(ops.search, { q });
    expect(items.map(({ id }) => id)).toContain(world.customer);
    expect(items[0]).toMatchObject({ name: '김*연', phone: '010-****-1234', email: 'k***@example.com' });
  }
  expect((await world.ask(ops.search, { q: '없는이름' })).items).toEqual([]);
  expect((await world.ask(ops.search, { q: '김서연' }, world.outside)).items).toEqual([]);
});

test('customers.list: newest first, within scope', async () => {
  expect((await world.ask(ops.list, {})).items.map(({ id }) => id)).toEqual([world.stranger, world.customer]);
  expect((await world.ask(ops.list, {}, world.outside)).items.map(({ id }) => id)).toEqual([world.stranger]);
});

test('customers.get: with counts of what the caller may see', async () => {
  const counts = { orders: 1, tickets: 1, openTickets: 1, calls: 1 };
  expect(await world.ask(ops.get, { id: world.customer })).toMatchObject({ name: '김*연', ageBand: '30대', counts });
  expect(await world.refused(ops.get, { id: world.customer }, world.outside)).toEqual(gone);
});

test('customers.timeline: orders, tickets and calls in one list, page by page without a gap', async () => {
  const { items } = await world.ask(ops.timeline, { id: world.customer });
  expect(items.map(({ id }) => id).toSorted()).toEqual([world.order, world.ticket, world.call].toSorted());
  expect(items.find(({ kind }) => kind === 'order')).toMatchObject({ total: 32_900, state: 'SHIPPED', channel: null });
  const first = await world.ask(ops.timeline, { id: world.customer, limit: 2 });
  const rest = await world.ask(ops.timeline, { id: world.customer, limit: 2, cursor: first.next ?? '' });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect(await world.refused(ops.timeline, { id: world.customer }, world.outside)).toEqual(gone);
});

test('customers.register: the same name with the same phone or e-mail is the same customer, also in another mall', async () => {
  const who = { name: '남궁가온', phone: '010-0000-2222', email: 'Gaon@example.com' };
  const made = await world.ask(ops.register, { ...who, mall: 'own' });
  expect(made.created).toBe(true);
  const again = await world.ask(ops.register, { name: who.name, phone: '01000002222', mall: '11st' });
  expect(again).toEqual({ id: made.id, created: false, maybe: [] });
  expect(await world.ask(ops.register, { name: who.name, email: 'gaon@example.com', mall: 'own' })).toEqual(again);
  expect((await world.ask(ops.register, { ...who, name: '남궁나온', mall: 'own' })).created).toBe(true);
  expect((await world.ask(ops.get, { id: made.id })).malls).toEqual(['own', '11st']);
});

test('customers.register: ten contacts of a new customer at once make one', async () => {
  const who = { name: '동시에', phone: '010-0000-3333', mall: 'own' };
  const made = await Promise.all(Array.from({ length: 10 }, () => world.ask(ops.register, who)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(made.filter(({ created }) => created)).toHaveLength(1);
});

test('customers.reveal: one field in full, and who looked and why stays in the audit', async () => {
  const reason = '배송 전화 확인';
  expect(await world.ask(ops.reveal, { id: world.customer, field: 'phone', reason })).toEqual({
    value: '010-0000-1234',
  });
  const record = await world.database.write
    .selectFrom('audit_record')
    .select(['input', 'actor_id', 'subject_id'])
    .where('operation', '=', 'customers.reveal')
    .executeTakeFirstOrThrow();
  expect(record).toMatchObject({
    actor_id: world.agent.id,
    subject_id: world.customer,
    input: { field: 'phone', reason },
  });
  const foreign = { id: world.customer, field: 'name' as const, reason };
  expect(await world.refused(ops.reveal, foreign, world.outside)).toEqual(gone);
});

test('customers.confirmIdentity, customers.identity: two facts, kept by name only, for the agent who asked', async () => {
  const about = { customer: world.customer, speaker: 'recipient' as const };
  expect(await world.ask(ops.identity, { customer: world.customer })).toEqual({ held: null });
  expect(await world.refused(ops.confirmIdentity, { ...about, facts: ['phone', 'phone'] })).toEqual({
    status: 409,
    code: 'two_facts',
  });
  await world.ask(ops.confirmIdentity, { ...about, facts: ['name', 'address', 'name'] });
  const { held } = await world.ask(ops.identity, { customer: world.customer });
  expect(held).toMatchObject({ speaker: 'recipient', facts: ['name', 'address'] });
  const colleague = actorWith('agent', {}, newId());
  expect(await world.ask(ops.identity, { customer: world.customer }, colleague)).toEqual({ held: null });
  await sql`update identity_check set checked_at = now() - interval '31 minutes'`.execute(world.database.write);
  expect(await world.ask(ops.identity, { customer: world.customer })).toEqual({ held: null });
  expect(await world.refused(ops.identity, { customer: world.customer }, world.outside)).toEqual(gone);
  const foreign = { ...about, facts: ['name' as const, 'phone' as const] };
  expect(await world.refused(ops.confirmIdentity, foreign, world.outside)).toEqual(gone);
  const partner = actorWith('partner', { partners: [world.partner] });
  expect(await world.refused(ops.confirmIdentity, foreign, partner)).toMatchObject({ status: 403 });
});
