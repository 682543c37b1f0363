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
const refusal = (code: string) => ({ status: 409, code });
const gone = { status: 404, code: 'not_found' };
const [manager, other] = [actorWith('manager', {}, newId()), actorWith('manager', {}, newId())];
let n = 0;
const register = async () =>
  (await world.ask(ops.register, { name: `불만${n++}`, phone: `010-0000-6${100 + n}`, mall: 'own' })).id;
const said = '욕설을 그치지 않음, 녹취 01:20';

test('customers.tellStep, customers.conduct, customers.revokeStep: step by step, each with its evidence, none removed', async () => {
  const id = await register();
  expect(await world.refused(ops.tellStep, { id, kind: 'abuse', step: 'final', said })).toEqual(
    refusal('step_out_of_order'),
  );
  await world.ask(ops.tellStep, { id, kind: 'abuse', step: 'caution', said });
  const { step } = await world.ask(ops.tellStep, { id, kind: 'abuse', step: 'warning', said });
  expect(await world.ask(ops.conduct, { id })).toMatchObject({ level: 'warning', mayAskBlock: false, block: null });
  expect(await world.ask(ops.revokeStep, { step, why: '다른 고객의 통화였음' }, manager)).toEqual({ level: 'caution' });
  expect(await world.refused(ops.revokeStep, { step, why: '두 번' }, manager)).toEqual(refusal('already_decided'));
  const { steps } = await world.ask(ops.conduct, { id });
  expect(steps).toMatchObject([
    { step: 'warning', said, revoked: { why: '다른 고객의 통화였음' } },
    { step: 'caution', revoked: null },
  ]);
  expect(await world.refused(ops.tellStep, { id, kind: 'abuse', step: 'caution', said }, world.outside)).toEqual(gone);
});

test('customers.stopContact: needs nobody’s yes, at whatever level', async () => {
  const id = await register();
  await world.ask(ops.stopContact, { id, kind: 'sexual', said });
  expect(await world.ask(ops.conduct, { id })).toMatchObject({
    level: 'none',
    mayAskBlock: true,
    steps: [{ step: 'stop' }],
  });
});

test('customers.askBlock, customers.decideBlock, customers.liftBlock, customers.blocks: by another manager’s yes, and back', async () => {
  const id = await register();
  expect(await world.refused(ops.askBlock, { id, reason: '성급한 요청' }, manager)).toEqual(refusal('too_early'));
  await world.ask(ops.tellStep, { id, kind: 'threat', step: 'final', said });
  const { block } = await world.ask(ops.askBlock, { id, reason: '폭언이 이어짐' }, manager);
  expect(await world.refused(ops.askBlock, { id, reason: '또 요청함' })).toEqual(refusal('block_open'));
  expect((await world.ask(ops.blocks, { state: 'asked' }, other)).items).toMatchObject([
    { id: block, customer: { id } },
  ]);
  expect(await world.refused(ops.decideBlock, { block, grant: true }, manager)).toEqual(refusal('own_request'));
  expect(await world.ask(ops.decideBlock, { block, grant: true, note: '확인함' }, other)).toEqual({ state: 'blocked' });
  expect(await world.refused(ops.decideBlock, { block, grant: false }, other)).toEqual(refusal('already_decided'));
  expect(await world.ask(ops.conduct, { id })).toMatchObject({ level: 'blocked', block: { note: '확인함' } });
  expect((await world.ask(ops.get, { id })).conduct).toBe('blocked');
  expect(await world.ask(ops.liftBlock, { block, why: '사과함' }, other)).toEqual({ state: 'lifted' });
  expect((await world.ask(ops.get, { id })).conduct).toBe('final');
});

test('customers.askBlock: a block that ran out makes room for the next; two managers at once make one decision', async () => {
  const id = await register();
  await world.ask(ops.tellStep, { id, kind: 'threat', step: 'final', said });
  const until = new Date(Date.now() + 400).toISOString();
  const first = await world.ask(ops.askBlock, { id, reason: '폭언이 이어짐', until });
  await world.ask(ops.decideBlock, { block: first.block, grant: true }, other);
  await new Promise((passed) => setTimeout(passed, 450));
  const { block } = await world.ask(ops.askBlock, { id, reason: '다시 폭언함' });
  const answers = await Promise.all(
    [manager, other].map((who) => world.execute('customers.decideBlock', { block, grant: who === manager }, who)),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});
