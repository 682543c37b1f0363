import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { malls } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const { list, get } = malls.operations;

test("malls.list: the caller's malls, in the company's order", async () => {
  expect((await world.ask(list, {})).items.map(({ id }) => id)).toEqual(['own', '11st']);
  expect((await world.ask(list, {}, world.outside)).items.map(({ id }) => id)).toEqual(['11st']);
});

test('malls.get: one of them; a mall that is not theirs does not exist for them', async () => {
  expect(await world.ask(get, { id: '11st' })).toMatchObject({ short: '11', link: 'orders', answerHours: 24 });
  expect(await world.refused(get, { id: 'own' }, world.outside)).toEqual({ status: 404, code: 'not_found' });
});
