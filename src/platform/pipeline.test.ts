import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { actorWith } from './actors.ts';
import { handle, implement } from './context.ts';
import type { Database } from './db.ts';
import { command, contract, query, refusal, refuse } from './operation.ts';
import { type Call, createPipeline, type Pipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { testDatabase } from './testing.ts';
import { Krw, newId, pii } from './values.ts';

const Word = z.strictObject({ word: z.string().max(40) });
const taken = { taken: refusal({ ko: '{word}은(는) 이미 있습니다.', en: '{word} exists.' }, { word: z.string() }) };
const lab = contract('lab', {
  title: { ko: '시험', en: 'Lab' },
  permissions: {
    'lab.read': { title: { ko: '읽기', en: 'Read' }, roles: ['agent', 'manager'] },
    'lab.write': { title: { ko: '쓰기', en: 'Write' }, roles: ['manager'] },
  },
  operations: {
    list: query({
      title: { ko: '목록', en: 'List' },
      may: 'lab.read',
      input: z.strictObject({}),
      output: z.strictObject({ words: z.array(z.string()) }),
      example: () => ({}),
    }),
    sneakyWrite: query({
      title: { ko: '몰래', en: 'Sneak' },
      may: 'lab.read',
      input: Word,
      output: Word,
      example: () => ({ word: 'a' }),
    }),
    add: command({
      title: { ko: '추가', en: 'Add' },
      may: 'lab.write',
      input: Word,
      output: z.strictObject({ id: z.string(), owner: pii('name') }),
      refusals: taken,
      refreshes: ['lab', 'tickets'],
      example: () => ({ word: 'a' }),
    }),
    addTwice: command({
      title: { ko: '두 번', en: 'Twice' },
      may: 'lab.write',
      input: Word,
      output: Word,
      refusals: taken,
      example: () => ({ word: 'a' }),
    }),
    secret: command({
      title: { ko: '비밀', en: 'Secret' },
      may: 'lab.write',
      input: Word,
      output: z.strictObject({ secret: z.string() }),
      answerOnce: true,
      example: () => ({ word: 'a' }),
    }),
    price: command({
      title: { ko: '값', en: 'Price' },
      may: 'lab.write',
      input: z.strictObject({ krw: Krw }),
      output: z.strictObject({ krw: Krw }),
      example: () => ({ krw: 1 }),
    }),
    forbid: command({
      title: { ko: '부름', en: 'Call' },
      may: 'lab.read',
      input: Word,
      output: Word,
      example: () => ({ word: 'a' }),
    }),
  },
});

let database: Database;
let pipeline: Pipeline;
const manager = actorWith('manager');

beforeAll(async () => {
  database = await testDatabase();
  const ops = lab.operations;
  const room = implement(lab, {
    list: handle(ops.list, async (ctx) => ({
      words: (await ctx.db.selectFrom('centre').select('name_en').execute()).map((row) => row.name_en),
    })),
    sneakyWrite: handle(ops.sneakyWrite, async (ctx, { word }) => {
      await ctx.db.insertInto('centre').values({ id: word, name_ko: word, name_en: word, kind: 'own' }).execute();
      return { word };
    }),
    add: handle(ops.add, async (ctx, { word }) => {
      await ctx.db.insertInto('centre').values({ id: word, name_ko: word, name_en: word, kind: 'own' }).execute();
      if (word === 'refused') return refuse('taken', { word });
      if (word === 'boom') throw new Error('a bug');
      ctx.record('lab.added', word, { after: { word, phone: '010-2841-1234' }, scope: { mall: 'own' } });
      return { id: newId(), owner: '김서연' };
    }),
    addTwice: handle(ops.addTwice, async (ctx, { word }) => {
      const first = await ctx.call(ops.add, { word });
      if ('code' in first) return first as never;
      return { word };
    }),
    secret: handle(ops.secret, async () => ({ secret: 'hunter2' })),
    price: handle(ops.price, async (_, { krw }) => ({ krw })),
    forbid: handle(ops.forbid, async (ctx, { word }) => {
      const inner = await ctx.call(ops.add, { word });
      return 'code' in inner ? (inner as never) : { word };
    }),
  });
  pipeline = createPipeline({ database, registry: createRegistry([room]), checkOutput: true });
});
afterAll(() => database?.close());

const call = (operation: string, input: unknown, more: Partial<Call> = {}) =>
  pipeline.execute({
    operation: `lab.${operation}`,
    input,
    actor: manager,
    language: 'ko',
    requestId: newId(),
    ...more,
  });
const words = async () => ((await call('list', {})).body as { words: string[] }).words;
const audits = (operation: string) =>
  database.write.selectFrom('audit_record').selectAll().where('operation', '=', `lab.${operation}`).execute();

test('nobody is refused with 401, a role without the permission with 403, an unknown operation with 404', async () => {
  expect((await call('list', {}, { actor: null })).status).toBe(401);
  expect((await call('add', { word: 'x' }, { actor: actorWith('agent') })).status).toBe(403);
  expect((await call('nothing', {})).status).toBe(404);
  expect(await words()).toEqual([]);
});

test('a key limited to other permissions is refused although its owner may', async () => {
  expect((await call('add', { word: 'x' }, { actor: { ...manager, only: ['lab.read'] } })).status).toBe(403);
});

test('a query cannot write', async () => {
  await expect(call('sneakyWrite', { word: 'sneaky' })).rejects.toThrow(/read-only/);
  expect(await words()).not.toContain('sneaky');
});

test('a command leaves its change, one audit record and its event together, and its answer is masked', async () => {
  const reply = await call('add', { word: 'one' });
  expect(reply).toMatchObject({ status: 200, body: { owner: '김*연' }, refreshes: ['lab', 'tickets'] });
  expect(await words()).toContain('one');
  const [record] = await audits('add');
  expect(record).toMatchObject({ actor_id: manager.id, subject_id: 'one', outcome: 'ok' });
  expect(JSON.stringify(record?.changes)).toContain('010-****-1234');
  const events = await database.write.selectFrom('outbox').selectAll().where('subject_id', '=', 'one').execute();
  expect(events).toMatchObject([{ event: 'lab.added', mall: 'own' }]);
});

test('a refused command and one with a bug leave nothing behind', async () => {
  expect(await call('add', { word: 'refused' })).toMatchObject({
    status: 409,
    body: { code: 'taken', title: 'refused은(는) 이미 있습니다.' },
  });
  await expect(call('add', { word: 'boom' })).rejects.toThrow('a bug');
  expect(await words()).not.toContain('refused');
  expect(await words()).not.toContain('boom');
});

test('the same key and body gets the first answer again and does the work once', async () => {
  const first = await call('add', { word: 'once' }, { key: 'k1' });
  const second = await call('add', { word: 'once' }, { key: 'k1' });
  expect(second).toMatchObject({ status: first.status, body: first.body });
  expect((await words()).filter((word) => word === 'once')).toHaveLength(1);
});

test('the same key with another body is refused', async () => {
  await call('add', { word: 'k2' }, { key: 'k2' });
  expect(await call('add', { word: 'other' }, { key: 'k2' })).toMatchObject({
    status: 409,
    body: { code: 'key_reused' },
  });
});

test('the same key of another person is another key', async () => {
  await call('price', { krw: 1 }, { key: 'shared' });
  const other = await call('price', { krw: 2 }, { key: 'shared', actor: actorWith('manager') });
  expect(other).toMatchObject({ status: 200, body: { krw: 2 } });
});

test('twenty calls at once with one key do the work once and all get the same answer', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => call('add', { word: 'crowd' }, { key: 'crowd' })));
  expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
  expect((await words()).filter((word) => word === 'crowd')).toHaveLength(1);
});

test('a refusal is the first answer too', async () => {
  await call('add', { word: 'refused' }, { key: 'no' });
  expect(await call('add', { word: 'refused' }, { key: 'no' })).toMatchObject({ status: 409, body: { code: 'taken' } });
});

test('an answer that is shown once is not stored, and a repeat is told so', async () => {
  expect(await call('secret', { word: 'a' }, { key: 's' })).toMatchObject({ status: 200, body: { secret: 'hunter2' } });
  expect(await call('secret', { word: 'a' }, { key: 's' })).toMatchObject({
    status: 409,
    body: { code: 'answer_gone' },
  });
  const kept = await database.write.selectFrom('idempotency_key').selectAll().where('key', '=', 's').execute();
  expect(JSON.stringify(kept)).not.toContain('hunter2');
});

test("another room's command runs in the same transaction, and with the caller's own permission", async () => {
  expect(await call('addTwice', { word: 'inner' })).toMatchObject({ status: 200 });
  expect(await call('addTwice', { word: 'refused' })).toMatchObject({ status: 409, body: { code: 'taken' } });
  expect(await call('forbid', { word: 'agent' }, { actor: actorWith('agent') })).toMatchObject({ status: 403 });
  expect(await words()).not.toContain('agent');
});

test('wrong input is told field by field', async () => {
  const reply = await call('price', { krw: 1.5, discount: 3 });
  expect(reply.status).toBe(400);
  expect((reply.body as { errors: { path: string }[] }).errors.map((error) => error.path).sort()).toEqual([
    'discount',
    'krw',
  ]);
});

test('a contract without an example or a handler does not start', () => {
  const hole = contract('hole', {
    title: { ko: '', en: '' },
    permissions: {},
    operations: {
      go: query({
        title: { ko: '', en: '' },
        may: 'signed_in',
        input: z.strictObject({}),
        output: Word,
        example: undefined as never,
      }),
    },
  });
  expect(() => createRegistry([{ contract: hole, handlers: {}, jobs: {}, hears: {}, clock: {} } as never])).toThrow(
    /no handler/,
  );
  expect(() =>
    createRegistry([{ contract: hole, handlers: { go: {} }, jobs: {}, hears: {}, clock: {} } as never]),
  ).toThrow(/no example/);
});
