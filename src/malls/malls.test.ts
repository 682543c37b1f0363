import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { malls } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = malls.operations;
const { list, get } = ops;

test("malls.list: the caller's malls, in the company's order", async () => {
  expect((await world.ask(list, {})).items.map(({ id }) => id)).toEqual(['own', '11st']);
  expect((await world.ask(list, {}, world.outside)).items.map(({ id }) => id)).toEqual(['11st']);
});

test('malls.get: one of them; a mall that is not theirs does not exist for them', async () => {
  expect(await world.ask(get, { id: '11st' })).toMatchObject({ short: '11', link: 'orders', answerHours: 24 });
  expect(await world.refused(get, { id: 'own' }, world.outside)).toEqual({ status: 404, code: 'not_found' });
});

test('malls.saveManual, malls.getManual, malls.listManuals: each save is a version, the older ones stay readable', async () => {
  const about = { mall: 'own', topic: 'return.accept' as const };
  expect(await world.ask(ops.getManual, about)).toMatchObject({ body: null, shown: null, versions: [], pictures: [] });
  const manager = actorWith('manager', {}, newId());
  expect(await world.ask(ops.saveManual, { ...about, body: '1. 엽니다', basedOn: 0 }, manager)).toEqual({ version: 1 });
  expect(await world.ask(ops.saveManual, { ...about, body: '1. 엽니다\n2. 승인', basedOn: 1 }, manager)).toEqual({
    version: 2,
  });
  expect(await world.ask(ops.getManual, about)).toMatchObject({
    body: '1. 엽니다\n2. 승인',
    shown: { version: 2 },
    versions: [{ version: 2 }, { version: 1 }],
  });
  expect(await world.ask(ops.getManual, { ...about, version: 1 })).toMatchObject({ body: '1. 엽니다' });
  expect((await world.ask(ops.listManuals, { mall: 'own' })).items).toMatchObject([
    { topic: 'return.accept', version: 2 },
  ]);
  expect(await world.refused(ops.getManual, { ...about, version: 9 })).toEqual({ status: 404, code: 'not_found' });
  // Somebody saved meanwhile: nothing is overwritten.
  expect(await world.refused(ops.saveManual, { ...about, body: 'x', basedOn: 1 }, manager)).toEqual({
    status: 409,
    code: 'newer_version',
  });
});

test('malls.addPicture: a picture of the mall is shown in its manuals; what is none, or of another mall, is refused', async () => {
  const manager = actorWith('manager', {}, newId());
  const { content } = ops.addPicture.example({ mall: 'own' } as never) as { content: string };
  const { id } = await world.ask(ops.addPicture, { mall: 'own', content }, manager);
  const body = `화면입니다\n![승인](${id})`;
  await world.ask(ops.saveManual, { mall: 'own', topic: 'ship', body }, manager);
  expect((await world.ask(ops.getManual, { mall: 'own', topic: 'ship' })).pictures).toEqual([
    { id, mime: 'image/png', content },
  ]);
  expect(await world.refused(ops.saveManual, { mall: '11st', topic: 'ship', body }, manager)).toMatchObject({
    code: 'picture_unknown',
  });
  const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
  expect(await world.refused(ops.addPicture, { mall: 'own', content: svg }, manager)).toMatchObject({
    code: 'not_a_picture',
  });
});

test('malls.saveLine, malls.listLines: both numbers of a mall, saved one after another', async () => {
  const manager = actorWith('manager', {}, newId());
  const line = { mall: 'own', line: 'general' as const, number: '02-0000-3000', opens: '09:00', closes: '18:00' };
  const said = { greeting: '안녕하세요', steps: '1. 성함을 여쭙니다' };
  await world.ask(ops.saveLine, { ...line, ...said, basedOn: 0 }, manager);
  await world.ask(ops.saveLine, { ...line, ...said, line: 'order', number: null }, manager);
  expect((await world.ask(ops.listLines, { mall: 'own' })).items).toMatchObject([
    { line: 'order', number: null, version: 1 },
    { line: 'general', number: '02-0000-3000', opens: '09:00', closes: '18:00', version: 1 },
  ]);
  expect(await world.refused(ops.saveLine, { ...line, ...said, basedOn: 0 }, manager)).toMatchObject({
    code: 'newer_version',
  });
  expect(await world.refused(ops.saveLine, { ...line, ...said, closes: '08:00' }, manager)).toMatchObject({
    code: 'closes_first',
  });
});

test('malls.saveContact, malls.listContacts, malls.removeContact: one for each matter, in a fixed order', async () => {
  const manager = actorWith('manager', {}, newId());
  const carrier = { mall: 'own', kind: 'carrier' as const, name: 'CJ대한통운 성동', phone: '02-0000-7001' };
  await world.ask(ops.saveContact, carrier, manager);
  await world.ask(
    ops.saveContact,
    { mall: 'own', kind: 'seller_support', name: '입점 지원', email: 's@m.kr' },
    manager,
  );
  await world.ask(ops.saveContact, { ...carrier, phone: '02-0000-7002', note: '평일 9시부터' }, manager);
  expect((await world.ask(ops.listContacts, { mall: 'own' })).items).toMatchObject([
    { kind: 'seller_support', phone: null, email: 's@m.kr' },
    { kind: 'carrier', phone: '02-0000-7002', note: '평일 9시부터' },
  ]);
  expect(await world.refused(ops.saveContact, { ...carrier, phone: null }, manager)).toMatchObject({ code: 'no_way' });
  expect(await world.ask(ops.removeContact, { mall: 'own', kind: 'carrier' }, manager)).toEqual({ removed: true });
  expect(await world.ask(ops.removeContact, { mall: 'own', kind: 'carrier' }, manager)).toEqual({ removed: false });
  expect((await world.ask(ops.listContacts, { mall: 'own' })).items).toHaveLength(1);
  expect(await world.refused(ops.removeContact, { mall: 'own', kind: 'md' }, world.outside)).toMatchObject({
    status: 403,
  });
});

test('a partner reads no manual, and an agent of one mall none of another', async () => {
  const partner = actorWith('partner', { partners: [world.partner] });
  const about = { mall: 'own', topic: 'overview' as const };
  expect(await world.refused(ops.getManual, about, partner)).toMatchObject({ status: 403 });
  expect(await world.refused(ops.getManual, about, world.outside)).toEqual({ status: 404, code: 'not_found' });
  expect(await world.refused(ops.saveManual, { ...about, body: 'x' })).toMatchObject({ status: 403 });
});
