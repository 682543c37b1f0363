import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { templates } from './contract.ts';

let world: World;
let folder: string;
const ops = templates.operations;
const manager = actorWith('manager');
const theirs = actorWith('manager', { malls: ['11st'], centres: ['outsourced'] });
const gone = { status: 404, code: 'not_found' };
const refusedAs = (code: string) => ({ status: 409, code });

beforeAll(async () => {
  world = await testWorld();
  folder = (await world.ask(ops.saveFolder, { name: '배송' }, manager)).id;
  await sql`insert into parcel (order_id, id, group_id, units, carrier, tracking_no, state, shipped_at)
    select ${world.order}, 'p1', 'g1', '[]', 'kr.cjlogistics', '650811432214', 'SHIPPED', '2026-11-19T03:00:00Z'`.execute(
    world.database.write,
  );
});
afterAll(() => world.database.close());

const BODY = '{고객명} 고객님, {택배사} {송장번호}로 가고 있고 [[도착 예정일]] 도착합니다. {결제금액}';
const write = (more: Partial<Input<typeof ops.write>> = {}, actor = manager) =>
  world.ask(ops.write, { folder, title: '송장 안내', body: BODY, ...more }, actor);
const titles = async (input: Input<typeof ops.list>, actor = world.agent) =>
  (await world.ask(ops.list, input, actor)).items.map(({ title }) => title);

test('templates.use, templates.get: filled with the case, the full name in it, blanks told, the use counted for the version', async () => {
  const { id } = await write();
  const used = await world.ask(ops.use, { id, ticket: world.ticket });
  expect(used).toEqual({
    text: '김서연 고객님, CJ대한통운 650811432214로 가고 있고 [[도착 예정일]] 도착합니다. 32,900원',
    blanks: ['도착 예정일'],
    version: 1,
  });
  await write({ id, version: 1, body: '{고객명} 고객님, 곧 도착합니다.', note: '짧게' });
  await world.ask(ops.use, { id, ticket: world.ticket });
  await world.ask(ops.use, { id, ticket: world.ticket });
  const { versions, ...row } = await world.ask(ops.get, { id });
  expect(row).toMatchObject({ version: 2, used: 3 });
  expect(versions).toMatchObject([
    { version: 2, used: 2, note: '짧게' },
    { version: 1, used: 1, body: BODY },
  ]);
  expect(await world.refused(ops.use, { id, ticket: world.ticket }, world.outside)).toEqual(gone);
  expect(await world.refused(ops.use, { id: newId(), ticket: world.ticket })).toEqual(gone);
});

test('templates.write: what cannot be read is told with its place; one that somebody changed meanwhile is not overwritten', async () => {
  const wrong = { folder, title: '틀림', body: '안녕 {고객}' };
  const { status, body } = await world.execute('templates.write', wrong, manager);
  expect({ status, body }).toMatchObject({
    status: 409,
    body: { code: 'template_wrong', facts: { at: 4, what: '고객' } },
  });
  expect(await world.refused(ops.write, { ...wrong, body: '가', folder: newId() }, manager)).toEqual(
    refusedAs('folder_unknown'),
  );
  const { id } = await write({ title: '겹침' });
  await write({ id, title: '겹침', version: 1 });
  expect(await world.refused(ops.write, { id, folder, title: '겹침', body: '가', version: 1 }, manager)).toEqual(
    refusedAs('stale_version'),
  );
});

test('who keeps some malls changes templates of those alone, and sees no others', async () => {
  expect(await world.refused(ops.write, { folder, title: '모두', body: '가' }, theirs)).toEqual(
    refusedAs('beyond_your_malls'),
  );
  const { id } = await write({ title: '11번가용', malls: ['11st'] }, theirs);
  expect(await world.refused(ops.retire, { id: (await write({ title: '모든 몰' })).id }, theirs)).toEqual(
    refusedAs('beyond_your_malls'),
  );
  const own = await write({ title: '자사몰용', malls: ['own'] });
  expect(await world.refused(ops.get, { id: own.id }, theirs)).toEqual(gone);
  expect(await titles({}, theirs)).not.toContain('자사몰용');
  expect(await world.ask(ops.retire, { id }, theirs)).toEqual({ retired: true });
});

test('templates.list: for a ticket those of its channel and mall, the nearest to its code first', async () => {
  await write({ title: '메일 전용', channels: ['email'] });
  await write({ title: '도착 코드', codes: ['DLV-INFO-ETA'] });
  await sql`insert into voc_record (id, ticket_id, mall, centre, channel, code, recorded_at)
    values (${newId()}, ${world.ticket}, 'own', 'own', 'kakao', 'DLV-INFO-ETA', now())`.execute(world.database.write);
  const found = await titles({ ticket: world.ticket });
  expect(found[0]).toBe('도착 코드');
  expect(found).not.toContain('메일 전용');
  expect(found).not.toContain('11번가용');
  expect(await world.refused(ops.list, { ticket: world.ticket }, world.outside)).toEqual(gone);
});

test('templates.retire, templates.restore: put away it is offered to nobody, brought back it is', async () => {
  const { id } = await write({ title: '치울 것' });
  await world.ask(ops.retire, { id }, manager);
  expect(await titles({})).not.toContain('치울 것');
  expect(await titles({ retired: true })).toContain('치울 것');
  expect(await world.refused(ops.use, { id, ticket: world.ticket })).toEqual(refusedAs('template_retired'));
  await world.ask(ops.restore, { id }, manager);
  expect(await titles({ folder })).toContain('치울 것');
});

test('templates.saveFolder, templates.folders: names are told apart', async () => {
  expect(await world.refused(ops.saveFolder, { name: '배송' }, manager)).toEqual(refusedAs('folder_exists'));
  await world.ask(ops.saveFolder, { id: folder, name: '배송 안내' }, manager);
  expect(await world.refused(ops.saveFolder, { id: newId(), name: '없음' }, manager)).toEqual(gone);
  expect((await world.ask(ops.folders, {})).items).toMatchObject([{ name: '배송 안내' }]);
});

test('templates.propose, templates.listProposals, templates.accept, templates.decline: a manager decides once; what comes of it is of the mall', async () => {
  const proposal = {
    ticket: world.ticket,
    title: '교환 안심',
    body: '{고객명} 고객님, 곧 출고됩니다.',
    reason: '재문의 없음',
  };
  expect(await world.refused(ops.propose, { ...proposal, body: '{없음}' })).toEqual(refusedAs('template_wrong'));
  expect(await world.refused(ops.propose, proposal, world.outside)).toEqual(gone);
  const { id } = await world.ask(ops.propose, proposal);
  expect((await world.ask(ops.listProposals, { state: 'open' }, manager)).items).toMatchObject([
    { id, title: '교환 안심' },
  ]);
  expect((await world.ask(ops.listProposals, {}, theirs)).items).toEqual([]);
  expect(await world.refused(ops.accept, { id, folder }, theirs)).toEqual(gone);
  const { template } = await world.ask(ops.accept, { id, folder, title: '교환 출고 안내' }, manager);
  expect(await world.ask(ops.get, { id: template })).toMatchObject({
    title: '교환 출고 안내',
    malls: ['own'],
    versions: [{ fromTicket: true, note: '재문의 없음' }],
  });
  expect(await world.refused(ops.accept, { id, folder }, manager)).toEqual(refusedAs('decided'));
  const second = (await world.ask(ops.propose, proposal)).id;
  expect(await world.ask(ops.decline, { id: second, reason: '이미 있음' }, manager)).toEqual({ state: 'declined' });
  expect(await world.refused(ops.decline, { id: second, reason: '또' }, manager)).toEqual(refusedAs('decided'));
  expect((await world.ask(ops.listProposals, { state: 'decided' })).items).toHaveLength(2);
});
