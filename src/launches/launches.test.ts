import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { malls } from '#malls/contract.ts';
import { actorWith } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { BY_HAND, launches } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = launches.operations;
const manager = actorWith('manager', {}, newId());
const itemOf = async (item: string) =>
  (await world.ask(ops.get, { mall: 'own' })).items.find((one) => one.item === item);

test('launches.get, launches.list: what a mall lacks, with the reason, and each mall within scope', async () => {
  const own = await world.ask(ops.get, { mall: 'own' });
  expect(own).toMatchObject({ state: 'preparing', of: 13, opening: null, marks: [] });
  expect(own.items.find(({ item }) => item === 'line')).toMatchObject({ ok: false, by: 'haedap' });
  expect(own.items.find(({ item }) => item === 'manuals')).toMatchObject({ missing: ['overview'] });
  expect((await world.ask(ops.list, {})).items.map(({ mall }) => mall)).toEqual(['own', '11st']);
  expect((await world.ask(ops.list, {}, world.outside)).items.map(({ mall }) => mall)).toEqual(['11st']);
  expect(await world.refused(ops.get, { mall: 'own' }, world.outside)).toEqual({ status: 404, code: 'not_found' });
});

test('launches.mark: a tick has a name and a time, is taken back with a reason only, and all of it stays', async () => {
  const about = { mall: 'own', item: 'briefing' as const };
  await world.ask(ops.mark, { ...about, done: true, note: '전원 확인' }, manager);
  await world.ask(ops.mark, { ...about, done: true }, manager);
  expect(await itemOf('briefing')).toMatchObject({ ok: true, marked: { by: manager.name, note: '전원 확인' } });
  expect(await world.refused(ops.mark, { ...about, done: false }, manager)).toMatchObject({ code: 'reason_missing' });
  await world.ask(ops.mark, { ...about, done: false, note: '새 상담사 2명이 아직' }, manager);
  expect(await itemOf('briefing')).toMatchObject({ ok: false, marked: { note: '새 상담사 2명이 아직' } });
  expect((await world.ask(ops.get, { mall: 'own' })).marks.map(({ done }) => done)).toEqual([false, true]);
  expect(await world.refused(ops.mark, { ...about, done: true })).toMatchObject({ status: 403 });
});

test('launches.setOpening: a mall that lacks something cannot be opened; an open one tells when something falls away', async () => {
  const open = { mall: 'own', open: true };
  expect(await world.refused(ops.setOpening, open, manager)).toMatchObject({ code: 'not_ready' });
  await prepare();
  const ready = await world.ask(ops.get, { mall: 'own' });
  expect(ready.items.filter(({ ok }) => !ok)).toEqual([]);
  expect(ready.state).toBe('ready');
  await world.ask(ops.setOpening, { ...open, note: '준비 끝' }, manager);
  expect(await world.ask(ops.get, { mall: 'own' })).toMatchObject({
    state: 'open',
    opening: { by: manager.name, note: '준비 끝' },
  });
  await world.ask(malls.operations.removeContact, { mall: 'own', kind: 'carrier' }, manager);
  expect(await world.ask(ops.get, { mall: 'own' })).toMatchObject({ state: 'open_lacking' });
  const shut = { mall: 'own', open: false };
  expect(await world.refused(ops.setOpening, shut, manager)).toMatchObject({ code: 'reason_missing' });
  await world.ask(ops.setOpening, { ...shut, note: '택배 계약이 끝남' }, manager);
  expect(await world.ask(ops.get, { mall: 'own' })).toMatchObject({ state: 'preparing', opening: null });
  expect(await world.refused(ops.setOpening, open)).toMatchObject({ status: 403 });
});

test('a partner sees nothing of how malls are prepared', async () => {
  const partner = actorWith('partner', { partners: [world.partner] });
  expect(await world.refused(ops.list, {}, partner)).toMatchObject({ status: 403 });
  expect(await world.refused(ops.get, { mall: 'own' }, partner)).toMatchObject({ status: 403 });
});

/** All that a readiness list asks for, by the operations that people use; people and the order by hand. */
async function prepare() {
  const db = world.database.write;
  const { saveManual, saveLine, saveContact } = malls.operations;
  await world.ask(saveManual, { mall: 'own', topic: 'overview', body: '1. 엽니다' }, manager);
  const line = { line: 'general' as const, number: '02-0000-3000', opens: '09:00', closes: '18:00' };
  await world.ask(saveLine, { mall: 'own', ...line, greeting: '안녕하세요', steps: '1. 확인' }, manager);
  for (const kind of ['seller_support', 'carrier'] as const)
    await world.ask(saveContact, { mall: 'own', kind, name: '담당', phone: '02-0000-7001' }, manager);
  for (const role of ['agent', 'manager'])
    await sql`insert into role_grant (id, person_id, role) values (${newId()}, ${world.person}, ${role})`.execute(db);
  await sql`update sales_order set ordered_at = now() where id = ${world.order}`.execute(db);
  await sql`insert into order_line (order_id, id, group_id, product_id, sku, name, list_price_krw, qty, inventory_type)
    values (${world.order}, 'A', 'g1', ${world.product}, 'SKU-1', '니트', 29900, 1, 'CONSIGN')`.execute(db);
  for (const item of BY_HAND) await world.ask(ops.mark, { mall: 'own', item, done: true }, manager);
}
