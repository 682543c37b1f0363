import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { voc } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = voc.operations;

test('voc.codes: the whole tree, or as it was on a day', async () => {
  const codes = async (input: object) => (await world.ask(ops.codes, input)).items.map(({ code }) => code);
  expect(await codes({})).toEqual(['DLV', 'DLV-INFO', 'DLV-INFO-ETA', 'DLV-INFO-OLD']);
  expect(await codes({ at: '2026-07-01T00:00:00+09:00' })).not.toContain('DLV-INFO-OLD');
  expect(await codes({ at: '2025-07-01T00:00:00+09:00' })).toEqual([]);
});

test('voc.record: takes department and attribute from the code, and finds out by itself what is a repeat', async () => {
  const said = { ticket: world.ticket, code: 'DLV-INFO-ETA', result: 'guided' as const };
  const first = await world.ask(ops.record, said);
  expect(first.repeat).toBe(false);
  const { items } = await world.ask(ops.listRecords, { ticket: world.ticket });
  expect(items).toMatchObject([
    {
      id: first.id,
      code: 'DLV-INFO-ETA',
      attribute: '정보',
      department: '물류',
      urgent: false,
      mall: 'own',
      channel: 'kakao',
    },
  ]);
  expect(items[0]?.recordedBy).toEqual({ id: world.person, name: '박지민' });
  // The same ticket again is no repeat; another ticket of the same customer with the same code is one.
  expect((await world.ask(ops.record, said)).repeat).toBe(false);
  const { ticket_number } = await world.database.write
    .insertInto('ticket')
    .values({
      ...{ id: newId(), subject: '또 문의', status: 'new', channel: 'kakao', mall: 'own', centre: 'own' },
      ...{ customer_id: world.customer, created_at: new Date(), updated_at: new Date() },
    })
    .returning('id as ticket_number')
    .executeTakeFirstOrThrow();
  const again = await world.ask(ops.record, { ...said, ticket: ticket_number, urgent: true, product: world.product });
  expect(again.repeat).toBe(true);
  expect((await world.ask(ops.listRecords, { urgent: true })).items).toMatchObject([
    { id: again.id, product: world.product, repeat: true },
  ]);
});

test('voc.record: refuses a code that is not there, not of the last level, or retired, and a product that is not there', async () => {
  const refused = (more: object) =>
    world.refused(ops.record, { ticket: world.ticket, code: 'DLV-INFO-ETA', ...more }).then(({ code }) => code);
  expect(await refused({ code: 'NON-EXIST-CODE' })).toBe('code_unknown');
  expect(await refused({ code: 'DLV-INFO' })).toBe('code_not_last');
  expect(await refused({ code: 'DLV-INFO-OLD' })).toBe('code_retired');
  expect(await refused({ product: newId() })).toBe('product_unknown');
});

test('voc.listRecords: a code of a higher level stands for all below it; records outside of the scope are not there', async () => {
  const { id } = await world.ask(ops.record, { ticket: world.strangeTicket, code: 'DLV-INFO-ETA' });
  const found = async (input: object, actor = world.agent) =>
    (await world.ask(ops.listRecords, input, actor)).items.map((record) => record.id);
  expect(await found({ code: 'DLV', mall: '11st' })).toEqual([id]);
  expect(await found({ code: 'DLV-INFO', mall: '11st' })).toEqual([id]);
  expect(await found({}, world.outside)).toEqual([id]);
  const theirs = await world.refused(ops.record, { ticket: world.ticket, code: 'DLV-INFO-ETA' }, world.outside);
  expect(theirs).toEqual({ status: 404, code: 'not_found' });
});

test('voc.require, voc.requirements, voc.recent: where a mall asks for it, no person ends a contact without a record', async () => {
  const set = tickets.operations.setStatus;
  const manager = actorWith('manager', {}, newId());
  const { id } = await world.ask(tickets.operations.create, {
    ...{ channel: 'manual', mall: 'own', customer: { id: world.customer }, subject: '문의', text: '언제 오나요' },
  });
  await world.ask(ops.require, { mall: 'own', required: true }, manager);
  expect((await world.ask(ops.requirements, {})).items).toEqual([{ mall: 'own', required: true }]);
  expect((await world.ask(ops.requirements, {}, world.outside)).items).toEqual([]);
  const missing = { status: 409, code: 'record_missing' };
  expect(await world.refused(set, { id, status: 'solved' })).toEqual(missing);
  await world.ask(set, { id, status: 'pending' });
  await world.ask(ops.record, { ticket: id, code: 'DLV-INFO-ETA' });
  await world.ask(set, { id, status: 'solved' });
  await world.ask(set, { id, status: 'solved' });
  await world.ask(ops.require, { mall: 'own', required: false }, manager);
  expect((await world.ask(ops.recent, {})).items).toEqual(['DLV-INFO-ETA']);
  const outside = { mall: 'own', required: true };
  const elsewhere = actorWith('manager', { malls: ['11st'] }, newId());
  expect(await world.refused(ops.require, outside, elsewhere)).toEqual({ status: 409, code: 'mall_unknown' });
});
