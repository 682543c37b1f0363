import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { pause } from '#platform/leader.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { transfers } from './contract.ts';

let world: World;
const ops = transfers.operations;
const admin = actorWith('admin');
const senior = actorWith('senior_agent', { centres: ['own'] }, newId());
const outsourced = actorWith('agent', { centres: ['outsourced'] }, newId());
const manager = actorWith('manager', {}, newId());
let partner: ReturnType<typeof actorWith>;
const gone = { status: 404, code: 'not_found' };
const refusedAs = (code: string) => ({ status: 409, code });

beforeAll(async () => {
  world = await testWorld();
  partner = actorWith('partner', { partners: [world.partner] }, newId());
  const db = world.database.write;
  const people = [
    [senior.id, '김도현', 'senior_agent', 'own'],
    [outsourced.id, '고은별', 'agent', 'outsourced'],
    [manager.id, '이관리', 'manager', 'own'],
  ] as const;
  for (const [id, name, role, centre] of people) {
    await sql`insert into person (id, name, email) values (${id}, ${name}, ${`${id}@example.com`})`.execute(db);
    await sql`insert into role_grant (id, person_id, role, centres) values (${newId()}, ${id}, ${role}, array[${centre}])`.execute(
      db,
    );
  }
});
afterAll(() => world.database.close());
beforeEach(async () => {
  const db = world.database.write;
  await sql`delete from transfer`.execute(db);
  await sql`update ticket set status = 'open', centre = 'own', assignee = ${world.person}, partner_id = ${world.partner}
    where id = ${world.ticket}`.execute(db);
});

const team = { receiver: 'team' as const, centre: 'own', role: 'senior_agent' as const };
const send = async (more: Partial<Input<typeof ops.send>> = {}) =>
  (await world.ask(ops.send, { ticket: world.ticket, to: team, kind: 'expert', question: '설치 문의', ...more })).id;
const get = (id: string, actor = world.agent) => world.ask(ops.get, { id }, actor);
const ticket = () => world.ask(tickets.operations.get, { id: world.ticket });
const apply = (id: string) => world.ask(ops.apply, { id }, admin);

test('transfers.receivers: teams with people for the mall, departments, the partner of the case, and due times', async () => {
  const found = await world.ask(ops.receivers, { ticket: world.ticket });
  expect(found.teams).toMatchObject([
    { centre: 'own', role: 'senior_agent', people: 1 },
    { role: 'manager' },
    { centre: 'outsourced' },
  ]);
  expect(found.departments).toEqual([]);
  expect(found.partners).toEqual([{ id: world.partner, name: '코튼브릿지' }]);
  expect(found.nth).toBe(1);
});

test('transfers.send: one at a time, to somebody who is there, in time, not of a done ticket', async () => {
  await send();
  const input = { ticket: world.ticket, to: team, kind: 'expert' as const, question: '또' };
  expect(await world.refused(ops.send, input)).toEqual(refusedAs('already_live'));
  await sql`delete from transfer`.execute(world.database.write);
  expect(await world.refused(ops.send, { ...input, to: { ...team, centre: 'outsourced' } })).toEqual(
    refusedAs('nobody_there'),
  );
  expect(await world.refused(ops.send, { ...input, to: { receiver: 'department', role: 'md' } })).toEqual(
    refusedAs('nobody_there'),
  );
  expect(await world.refused(ops.send, { ...input, to: { receiver: 'partner', partner: world.otherPartner } })).toEqual(
    refusedAs('nobody_there'),
  );
  expect(await world.refused(ops.send, { ...input, dueAt: '2026-01-01T00:00:00Z' })).toEqual(refusedAs('due_past'));
  expect(await world.refused(ops.send, input, world.outside)).toEqual(gone);
  await sql`update ticket set status = 'solved' where id = ${world.ticket}`.execute(world.database.write);
  expect(await world.refused(ops.send, input)).toEqual(refusedAs('ticket_done'));
});

test('transfers.accept moves the case to the receiver, transfers.answer gives it back; transfers.apply and tickets.handOver do it', async () => {
  const id = await send({ to: { receiver: 'team', centre: 'outsourced', role: 'agent' } });
  expect(await world.refused(ops.accept, { id }, senior)).toEqual(refusedAs('not_yours'));
  expect((await world.ask(ops.list, { view: 'todo' }, outsourced)).items).toMatchObject([
    { id, mine: true, ticket: { id: null, subject: '언제 도착하나요' } },
  ]);
  await world.ask(ops.accept, { id }, outsourced);
  expect(await world.refused(ops.accept, { id }, outsourced)).toEqual(refusedAs('already_accepted'));
  expect(await apply(id)).toMatchObject({ moved: true });
  expect(await apply(id)).toEqual({ told: 0, moved: false });
  expect(await ticket()).toMatchObject({ centre: 'outsourced', assignee: outsourced.id });
  await world.ask(ops.answer, { id, text: '안내 완료' }, outsourced);
  expect(await apply(id)).toMatchObject({ moved: true });
  expect(await ticket()).toMatchObject({ centre: 'own', assignee: world.person });
  expect(await world.refused(ops.answer, { id, text: '또' }, outsourced)).toEqual(refusedAs('over'));
  expect(
    await world.refused(tickets.operations.handOver, { id: world.ticket, centre: 'own', assignee: newId() }, admin),
  ).toEqual(refusedAs('assignee_unknown'));
});

test('an accepted case moves by itself, with its thread on the case', async () => {
  await world.withJobs(async () => {
    const id = await send();
    await world.ask(ops.accept, { id }, senior);
    for (let wait = 0; wait < 200 && (await ticket()).assignee !== senior.id; wait++)
      await pause(50, new AbortController().signal);
    const { assignee, messages } = await ticket();
    expect(assignee).toBe(senior.id);
    const said = messages.map(({ text }) => text).filter((text) => text.startsWith('[이관'));
    expect(said).toContain('[이관 · 전문상담 필요] 본사 2차 상담에 보냄 · 설치 문의');
  });
});

test('transfers.sendBack with a reason, transfers.say, transfers.withdraw: the thread keeps them, each side its own', async () => {
  const id = await send();
  await world.ask(ops.say, { id, text: '사진도 있습니다' });
  await world.ask(ops.sendBack, { id, reason: '1차에서 안내 가능' }, senior);
  const { thread, state } = await get(id);
  expect(state).toBe('sent_back');
  expect(thread.map(({ kind, side, text }) => `${kind} ${side} ${text}`)).toEqual([
    'sent sender 설치 문의',
    'said sender 사진도 있습니다',
    'sent_back receiver 1차에서 안내 가능',
  ]);
  const second = await send();
  expect(await world.refused(ops.withdraw, { id: second }, actorWith('agent', {}, newId()))).toEqual(
    refusedAs('not_yours'),
  );
  const { version } = await get(second);
  expect(await world.refused(ops.withdraw, { id: second, version: version + 1 })).toEqual(refusedAs('stale_version'));
  expect(await world.ask(ops.withdraw, { id: second, version })).toMatchObject({ state: 'withdrawn' });
  expect((await world.ask(ops.receivers, { ticket: world.ticket })).nth).toBe(2);
});

test('transfers.get: a transfer to somebody is theirs alone; one to a partner shows the partner what it was asked, and no other', async () => {
  const id = await send({ to: { ...team, person: senior.id } });
  expect((await get(id, senior)).mine).toBe(true);
  expect((await get(id, actorWith('senior_agent', {}, newId()))).mine).toBe(false);
  await sql`delete from transfer`.execute(world.database.write);
  const asked = await send({
    to: { receiver: 'partner', partner: world.partner },
    kind: 'quality',
    question: '교환 가능한가요?',
  });
  expect(await get(asked, partner)).toMatchObject({
    mine: true,
    question: '교환 가능한가요?',
    to: { name: '코튼브릿지' },
  });
  const stranger = actorWith('partner', { partners: [world.otherPartner] });
  expect(await world.refused(ops.get, { id: asked }, stranger)).toEqual(gone);
  await world.ask(ops.answer, { id: asked, text: '가능합니다' }, partner);
  await apply(asked);
  expect((await ticket()).assignee).toBe(world.person);
  const seen = await world.ask(tickets.operations.get, { id: world.ticket }, partner);
  expect(seen.messages.at(-1)?.text).toBe('[이관 · 품질·하자] 답 · 가능합니다');
});

test('transfers.acknowledge: the third transfer tells who leads, stands in their list until one has looked', async () => {
  for (let nth = 1; nth <= 3; nth++) {
    const id = await send();
    expect((await get(id)).nth).toBe(nth);
    await world.ask(ops.sendBack, { id, reason: '돌려보냄' }, senior);
  }
  const { items } = await world.ask(ops.list, { view: 'third' }, manager);
  expect(items).toMatchObject([{ nth: 3, acknowledgedBy: null }]);
  expect((await world.ask(ops.count, {}, manager)).third).toBe(1);
  const { rows } = await sql<{ person: string }>`
    select person from outbox where event = 'transfers.third'`.execute(world.database.write);
  expect(rows.map(({ person }) => person)).toEqual([manager.id]);
  const id = items[0]?.id ?? '';
  expect(await world.ask(ops.acknowledge, { id }, manager)).toEqual({ acknowledged: true });
  expect(await world.ask(ops.acknowledge, { id }, manager)).toEqual({ acknowledged: false });
  expect((await world.ask(ops.count, {}, manager)).third).toBe(0);
});

test('transfers.checkDue tells once what is overdue; transfers.list and transfers.count show it', async () => {
  const id = await send();
  await sql`update transfer set due_at = now() - interval '1 minute' where id = ${id}`.execute(world.database.write);
  expect(await world.ask(ops.checkDue, {}, admin)).toEqual({ overdue: 1 });
  expect(await world.ask(ops.checkDue, {}, admin)).toEqual({ overdue: 0 });
  expect((await world.ask(ops.list, { view: 'overdue' })).items).toMatchObject([{ id, overdue: true }]);
  expect(await world.ask(ops.count, {}, senior)).toMatchObject({ todo: 1, todoOverdue: 1, overdue: 1 });
  expect((await world.ask(ops.list, {}, world.outside)).items).toEqual([]);
});
