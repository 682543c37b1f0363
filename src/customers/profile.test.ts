import fc from 'fast-check';
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
const refusal = (code: string) => ({ status: 409, code });
const senior = actorWith('senior_agent', {}, newId());

const register = async (name: string, more: object = {}) =>
  (await world.ask(ops.register, { name, mall: 'own', ...more })).id;
const identified = (customer: string) =>
  world.ask(ops.confirmIdentity, { customer, speaker: 'orderer', facts: ['name', 'phone'] });

test('customers.change, customers.changes: who they are only after an identity check, with before, after, who and why', async () => {
  const id = await register('변경전', { phone: '010-0000-4001' });
  expect(await world.ask(ops.change, { id, memo: '오전 통화 선호' })).toEqual({ version: 2 });
  expect(await world.refused(ops.change, { id, phone: '010-0000-4002' })).toEqual(refusal('identity_unconfirmed'));
  await identified(id);
  expect(await world.refused(ops.change, { id, phone: '0504-1234-5678' })).toEqual(refusal('unreadable_identity'));
  expect(await world.refused(ops.change, { id, version: 1, memo: '옛 화면' })).toEqual(refusal('stale_version'));
  const wish = { phone: '010-0000-4002', address: '서울 성동구 왕십리로 83-21', postcode: '04766', reason: '이사' };
  expect(await world.ask(ops.change, { id, version: 2, ...wish })).toEqual({ version: 3 });
  expect(await world.ask(ops.change, { id, phone: '010-0000-4002' })).toEqual({ version: 3 });
  const { items } = await world.ask(ops.changes, { id });
  expect(items).toMatchObject([
    {
      by: world.agent.name,
      reason: '이사',
      before: { phone: '010-****-4001', address: null },
      after: { phone: '010-****-4002' },
    },
    { reason: null, before: { memo: null }, after: { memo: '오전 통화 선호' } },
  ]);
  expect((await world.ask(ops.search, { q: '4002' })).items.map((row) => row.id)).toContain(id);
  expect((await world.ask(ops.get, { id })).address).toBe('서울 성동구 ***');
  expect(await world.refused(ops.change, { id, memo: '남' }, world.outside)).toEqual(gone);
});

test('customers.setConsent: the newest word on a channel counts, earlier ones stay', async () => {
  const id = await register('동의함');
  await world.ask(ops.setConsent, { id, channel: 'sms', given: true, how: '가입 서식' });
  await world.ask(ops.setConsent, { id, channel: 'kakao', given: true, how: '가입 서식' });
  await world.ask(ops.setConsent, { id, channel: 'sms', given: false, how: '통화 중 수신거부 요청' });
  const { consents } = await world.ask(ops.get, { id });
  expect(consents.map(({ channel, given }) => [channel, given])).toEqual([
    ['kakao', true],
    ['sms', false],
  ]);
});

test('customers.addIdentity, customers.removeIdentity: found and matched by each further phone, mail and account', async () => {
  const id = await register('여러번호', { phone: '010-0000-4100' });
  const { identity } = await world.ask(ops.addIdentity, { id, kind: 'phone', value: '010-0000-4101' });
  expect(await world.ask(ops.addIdentity, { id, kind: 'phone', value: '+82 10-0000-4101' })).toEqual({ identity });
  await world.ask(ops.addIdentity, { id, kind: 'mall_id', source: 'own', value: 'Gaon77' });
  expect((await world.ask(ops.search, { q: '4101' })).items.map((row) => row.id)).toContain(id);
  expect(await register('여러번호', { phone: '01000004101' })).toBe(id);
  expect(await register('딴이름', { account: { kind: 'mall_id', source: 'own', value: 'gaon77' } })).toBe(id);
  const other = await world.ask(ops.register, { name: '다른이름', phone: '010-0000-4101', mall: 'own' });
  expect(other).toMatchObject({ created: true, maybe: [id] });
  const taken = { id: other.id, kind: 'mall_id' as const, source: 'own' as const, value: 'GAON77' };
  expect(await world.refused(ops.addIdentity, taken)).toEqual(refusal('account_taken'));
  expect(await world.refused(ops.addIdentity, { id, kind: 'phone', value: '0504-1234-5678' })).toEqual(
    refusal('unreadable_identity'),
  );
  expect((await world.ask(ops.get, { id })).identities).toMatchObject([
    { kind: 'phone', phone: '010-****-4101' },
    { kind: 'mall_id', source: 'own', account: 'Gao***' },
  ]);
  await world.ask(ops.removeIdentity, { identity });
  expect((await world.ask(ops.search, { q: '4101' })).items.map((row) => row.id)).not.toContain(id);
  expect(await world.refused(ops.removeIdentity, { identity })).toEqual(gone);
});

test('customers.previewMerge, customers.merge, customers.unmerge: two are one, and exactly two again', async () => {
  const [from, into] = [world.stranger, world.customer];
  const before = await Promise.all([from, into].map((id) => world.ask(ops.get, { id })));
  expect(await world.ask(ops.previewMerge, { from, into }, senior)).toMatchObject({
    from: { orders: 1, tickets: 1, calls: 1, name: '이*윤' },
    into: { orders: 1, tickets: 1, calls: 1, name: '김*연' },
    agrees: [],
    differs: ['name', 'phone', 'email'],
  });
  expect(await world.refused(ops.merge, { from, into: from, reason: '잘못' }, senior)).toEqual(
    refusal('same_customer'),
  );
  const { merge } = await world.ask(ops.merge, { from, into, reason: '번호를 바꾼 같은 고객' }, senior);
  const one = await world.ask(ops.get, { id: from });
  expect(one).toMatchObject({ id: into, name: '김*연', counts: { orders: 2, tickets: 2, calls: 2 } });
  expect(one.identities.map(({ phone, email }) => phone ?? email)).toEqual(['010-****-5678', 'l***@example.com']);
  expect(one.merged).toMatchObject([{ merge, id: from }]);
  expect((await world.ask(ops.timeline, { id: into })).items).toHaveLength(6);
  expect(await register('이도윤', { phone: '010-0000-5678' })).toBe(into);
  expect(await world.refused(ops.merge, { from, into, reason: '두 번' }, senior)).toEqual(refusal('merge_moved'));
  await world.ask(ops.unmerge, { merge }, senior);
  const after = await Promise.all([from, into].map((id) => world.ask(ops.get, { id })));
  expect(after).toEqual(before);
  expect(await world.refused(ops.unmerge, { merge }, senior)).toEqual(refusal('merge_moved'));
});

test('after any merges and takings-back, who stands for whom is what the merges that hold say', async () => {
  const step = fc.record({ from: fc.nat(4), into: fc.nat(4), back: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const ids = await Promise.all(Array.from({ length: 5 }, (_, n) => register(`무리${n}${newId().slice(-6)}`)));
      const held = new Map<string, { into: string; merge: string }>();
      const root = (id: string): string => (held.has(id) ? root(held.get(id)!.into) : id);
      for (const { from: a, into: b, back } of steps) {
        const [from, into] = [ids[a]!, ids[b]!];
        if (back) {
          const found = held.get(from);
          if (found) await world.ask(ops.unmerge, { merge: found.merge }, senior);
          held.delete(from);
        } else if (from !== into && !held.has(from) && !held.has(into)) {
          const { merge } = await world.ask(ops.merge, { from, into, reason: '같은 고객' }, senior);
          held.set(from, { into, merge });
        } else if (from !== into) {
          expect(await world.refused(ops.merge, { from, into, reason: '같은 고객' }, senior)).toEqual(
            refusal('merge_moved'),
          );
        }
      }
      for (const id of ids) expect((await world.ask(ops.get, { id })).id).toBe(root(id));
    }),
    { numRuns: 25 },
  );
});
