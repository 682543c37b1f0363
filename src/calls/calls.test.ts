import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { calls } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = calls.operations;

test('calls.list: newest first, by digits of the number, mall, agent and day; within scope', async () => {
  const found = async (input: object, actor = world.agent) =>
    (await world.ask(ops.list, input, actor)).items.map(({ id }) => id);
  expect(await found({})).toEqual([world.strangeCall, world.call]);
  expect(await found({ q: '1234' })).toEqual([world.call]);
  expect(await found({ mall: '11st', agent: world.person })).toEqual([world.strangeCall]);
  expect(await found({ from: '2026-11-01', to: '2026-11-01' })).toEqual([world.call]);
  expect(await found({ outcome: 'abandoned' })).toEqual([]);
  expect(await found({}, world.outside)).toEqual([world.strangeCall]);
});

test('calls.get: one call, masked, with who answered it', async () => {
  expect(await world.ask(ops.get, { id: world.call })).toMatchObject({
    phone: '010-****-1234',
    customer: { name: '김*연' },
    agentName: '박지민',
    centre: 'own',
  });
  expect(await world.refused(ops.get, { id: world.call }, world.outside)).toEqual({ status: 404, code: 'not_found' });
});
