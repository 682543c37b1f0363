import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { actorWith } from './actors.ts';
import { handle, implement } from './context.ts';
import type { Database } from './db.ts';
import { startJobs } from './jobs.ts';
import { pause } from './leader.ts';
import { command, contract, Refusal, refusal, refuse } from './operation.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { testDatabase } from './testing.ts';
import { newId } from './values.ts';

const Parcel = z.strictObject({ id: z.string() });
const shipping = contract('shipping', {
  title: { ko: '출고', en: 'Shipping' },
  permissions: { 'shipping.work': { title: { ko: '출고', en: 'Ship' }, roles: ['logistics'] } },
  companyWide: { shipped: 'the test has no malls' },
  operations: {
    ship: command({
      title: { ko: '출고', en: 'Ship' },
      may: 'shipping.work',
      input: Parcel,
      output: Parcel,
      example: () => ({ id: 'p1' }),
    }),
  },
});
const notice = contract('notice', {
  title: { ko: '알림', en: 'Notice' },
  permissions: { 'notice.send': { title: { ko: '알림', en: 'Notify' }, roles: ['admin'] } },
  companyWide: { sent: 'the test has no malls' },
  operations: {
    send: command({
      title: { ko: '알림', en: 'Notify' },
      may: 'notice.send',
      input: Parcel,
      output: Parcel,
      refusals: { muted: refusal({ ko: '꺼 두었습니다.', en: 'Muted.' }) },
      example: () => ({ id: 'p1' }),
    }),
  },
});

let database: Database;
let pipeline: Pipeline;
let stop: () => Promise<void>;
const answers: unknown[] = [];

const rooms = [
  implement(shipping, {
    ship: handle(shipping.operations.ship, async (ctx, { id }) => {
      ctx.record('shipping.shipped', id, { data: { carrier: 'kr.hanjin' } });
      return { id };
    }),
  }),
  implement(
    notice,
    {
      send: handle(notice.operations.send, async (ctx, { id }) => {
        if (id === 'muted') return refuse('muted', {});
        await sql`insert into sent values (${id})`.execute(ctx.db);
        ctx.record('notice.sent', id);
        return { id };
      }),
    },
    {
      hears: { 'shipping.shipped': 'notice.shipped' },
      jobs: {
        'notice.shipped': async (ctx, payload) => {
          const { subjectId, data } = payload as { subjectId: string; data: { carrier: string } };
          answers.push(await ctx.run(notice.operations.send, { id: subjectId }, `shipped:${subjectId}`), data.carrier);
          if (subjectId === 'stumble' && ctx.attempt === 1) throw new Error('stumbled after the command');
        },
      },
    },
  ),
];

beforeAll(async () => {
  database = await testDatabase();
  await sql`create table sent (id text)`.execute(database.write);
  pipeline = createPipeline({ database, registry: createRegistry(rooms), checkOutput: true });
  stop = await startJobs({ database, pipeline, onProblem: () => undefined });
});
afterAll(async () => {
  await stop();
  await database.close();
});

async function ship(id: string) {
  const actor = actorWith('logistics');
  await pipeline.execute({ operation: 'shipping.ship', input: { id }, actor, language: 'ko', requestId: newId() });
  const waiting = () => sql`select 1 from graphile_worker._private_jobs`.execute(database.write);
  while ((await waiting()).rows.length > 0) await pause(20, new AbortController().signal);
}
const sent = async () => (await sql<{ id: string }>`select id from sent order by id`.execute(database.write)).rows;

test('a room hears an event of another: its job runs a command as Haedap, with a record of its own', async () => {
  await ship('p1');
  expect(answers.splice(0)).toEqual([{ id: 'p1' }, 'kr.hanjin']);
  const records = await database.write
    .selectFrom('audit_record')
    .select(['operation', 'actor_kind'])
    .orderBy('id')
    .execute();
  expect(records).toEqual([
    { operation: 'shipping.ship', actor_kind: 'user' },
    { operation: 'notice.send', actor_kind: 'system' },
  ]);
});

test('a command that is refused comes back to the job as the refusal', async () => {
  await ship('muted');
  expect(answers.splice(0)).toEqual([new Refusal('muted', {}), 'kr.hanjin']);
});

test('a job that fails after its command does not run the command twice', async () => {
  await ship('stumble');
  expect(answers.splice(0)).toEqual([{ id: 'stumble' }, 'kr.hanjin', { id: 'stumble' }, 'kr.hanjin']);
  expect(await sent()).toEqual([{ id: 'p1' }, { id: 'stumble' }]);
});
