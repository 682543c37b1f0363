import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { orders } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = orders.operations;

test('orders.search: by number or its end, name, initial consonants, phone; in all malls, within scope', async () => {
  for (const input of [{ q: '20261101-0001' }, { q: '0001' }, { q: '김서연' }, { q: 'ㄱㅅㅇ' }, { phone: '1234' }]) {
    const { items } = await world.ask(ops.search, input);
    expect(items.map(({ id }) => id)).toEqual([world.order]);
    expect(items[0]).toMatchObject({ customer: { name: '김*연' }, total: 32_900, summary: '램스울 라운드 니트' });
  }
  expect((await world.ask(ops.search, { orderNo: 'E-777' })).items.map(({ id }) => id)).toEqual([world.strangeOrder]);
  expect((await world.ask(ops.search, { q: '20261101-0001' }, world.outside)).items).toEqual([]);
});

test('orders.list: newest first, by mall, customer and day', async () => {
  const found = async (input: object) => (await world.ask(ops.list, input)).items.map(({ id }) => id);
  expect(await found({})).toEqual([world.strangeOrder, world.order]);
  expect(await found({ mall: 'own' })).toEqual([world.order]);
  expect(await found({ customer: world.stranger })).toEqual([world.strangeOrder]);
  expect(await found({ from: '2026-11-01', to: '2026-11-01' })).toEqual([world.order]);
});

test('orders.get: by id, or by mall and number; a partner sees no money', async () => {
  const order = await world.ask(ops.get, { mall: 'own', mallOrderNo: '20261101-0001' });
  expect(order).toMatchObject({ id: world.order, receiver: { name: '김*연', address: '서울 성동구 ***' } });
  const partner = actorWith('partner', { partners: [world.partner] });
  expect(await world.ask(ops.get, { id: world.order }, partner)).toMatchObject({ total: null });
  const other = actorWith('partner', { partners: [world.otherPartner] });
  expect(await world.refused(ops.get, { id: world.order }, other)).toEqual({ status: 404, code: 'not_found' });
});
