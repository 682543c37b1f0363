import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { actorWith } from './actors.ts';
import { audit } from './contract/audit.ts';
import { jobs } from './contract/jobs.ts';
import type { Database } from './db.ts';
import { addJob } from './jobs.ts';
import { pause } from './leader.ts';
import type { Actor, Known } from './operation.ts';
import { testDatabase } from './testing.ts';
import { type Asker, askOn } from './testing-ask.ts';
import { platformKnown } from './testing-known.ts';
import { newId } from './values.ts';

let database: Database;
let execute: Asker['execute'];
let ask: Asker['ask'];
let refused: Asker['refused'];
let withJobs: Asker['withJobs'];
let admin: Actor;

beforeAll(async () => {
  database = await testDatabase();
  ({ execute, ask, refused, withJobs, admin } = askOn(database));
});
afterAll(() => database.close());
beforeEach(async () => {
  await sql`truncate audit_record, audit_seal, audit_unsealed, job_run, export_part, outbox, graphile_worker._private_jobs`.execute(
    database.write,
  );
});

async function ended(id: string) {
  for (;;) {
    const job = await ask(jobs.operations.get, { id });
    if (['done', 'failed', 'cancelled'].includes(job.state)) return job;
    await pause(50, new AbortController().signal);
  }
}
const records = audit.operations;
const ops = jobs.operations;

const DAY = 86_400_000;

test('jobs.list, jobs.count and jobs.get: what waits, what failed, what ended, newest first, with masked payload', async () => {
  const waiting = await addJob(
    database.write,
    'a.wait',
    { phone: '010-0000-1234' },
    { runAt: new Date(Date.now() + DAY) },
  );
  const failed = await addJob(database.write, 'a.fail', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'no' where id = ${failed}`.execute(
    database.write,
  );
  const { jobId: done } = await ask(records.verifyAll, {});
  await withJobs(async () => void (await ended(done)));
  const list = async (input: z.input<typeof ops.list.input>) => (await ask(ops.list, input)).items;
  expect((await list({})).map(({ id, state }) => [id, state])).toEqual([
    [done, 'done'],
    [failed, 'failed'],
    [waiting, 'waiting'],
  ]);
  expect(await list({ state: 'failed' })).toMatchObject([{ id: failed, error: 'no', attempts: 1, maxAttempts: 1 }]);
  expect((await list({ name: 'a.wait' })).map(({ id }) => id)).toEqual([waiting]);
  const first = await ask(ops.list, { limit: 2 });
  expect((await list({ limit: 2, cursor: first.next ?? '' })).map(({ id }) => id)).toEqual([waiting]);
  expect(await ask(ops.count, {})).toEqual({ waiting: 1, running: 0, failed: 1 });
  expect(await ask(ops.get, { id: waiting })).toMatchObject({ payload: { phone: '010-****-1234' }, progress: null });
  expect(await refused(ops.get, { id: '999999' })).toEqual({ status: 404, code: 'not_found' });
});

test('jobs.mine: only what the caller started', async () => {
  const head = actorWith('head');
  const { jobId } = await ask(records.verifyAll, {}, head);
  await ask(records.verifyAll, {});
  expect((await ask(ops.mine, {}, head)).items.map(({ id }) => id)).toEqual([jobId]);
  expect((await ask(ops.mine, {}, actorWith('agent'))).items).toEqual([]);
});

test('jobs.retry: a dead letter runs again at once, and the audit tells who asked for it', async () => {
  const id = await addJob(database.write, 'jobs.tidy', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, run_at = now() + interval '1 day'`.execute(
    database.write,
  );
  await withJobs(async () => {
    expect(await ask(ops.retry, { id })).toEqual({ id, state: 'waiting' });
    while ((await ask(ops.count, {})).waiting > 0) await pause(20, new AbortController().signal);
  });
  expect((await ask(records.list, { operation: 'jobs.retry' })).items).toMatchObject([{ actor: { id: admin.id } }]);
  expect(await refused(ops.retry, { id })).toEqual({ status: 404, code: 'not_found' });
  const { jobId } = await ask(records.verifyAll, {});
  await ask(ops.cancel, { id: jobId });
  expect(await refused(ops.retry, { id: jobId })).toEqual({ status: 409, code: 'ended' });
});

test('jobs.cancel: a waiting job leaves the queue, a running one is asked to stop, an ended one stays as it is', async () => {
  const waiting = await addJob(database.write, 'a.wait', {});
  expect(await ask(ops.cancel, { id: waiting })).toEqual({ id: waiting, state: 'cancelled' });
  expect(await ask(ops.get, { id: waiting })).toMatchObject({ state: 'cancelled', cancelRequested: true });
  expect(await ask(ops.cancel, { id: waiting })).toEqual({ id: waiting, state: 'cancelled' });
  const running = await addJob(database.write, 'a.run', {});
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where id = ${running}`.execute(
    database.write,
  );
  expect(await ask(ops.cancel, { id: running })).toEqual({ id: running, state: 'running' });
  expect(await ask(ops.get, { id: running })).toMatchObject({ state: 'running', cancelRequested: true });
  expect(await refused(ops.retry, { id: running })).toEqual({ status: 409, code: 'running' });
  expect(await refused(ops.discard, { id: running })).toEqual({ status: 409, code: 'running' });
});

test('jobs.discard: a dead letter goes, its trace and who let it go stay', async () => {
  const id = await addJob(database.write, 'a.fail', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'the mall says no'`.execute(
    database.write,
  );
  expect(await ask(ops.discard, { id })).toEqual({ id, state: 'cancelled' });
  expect(await ask(ops.get, { id })).toMatchObject({ state: 'cancelled', error: 'the mall says no' });
  expect(await ask(ops.count, {})).toEqual({ waiting: 0, running: 0, failed: 0 });
  expect((await ask(records.list, { operation: 'jobs.discard' })).items).toHaveLength(1);
});

test('what is kept for a time only goes after that time: old answers, events, job traces and exported files', async () => {
  const old = new Date(Date.now() - 31 * DAY);
  for (const at of [old, new Date()]) {
    await database.write
      .insertInto('idempotency_key')
      .values({ actor_id: 'a', operation: 'x.y', key: at.toISOString(), body_hash: '', at })
      .execute();
    await database.write
      .insertInto('job_run')
      .values({ job_id: at.getTime(), name: 'x', state: 'done', created_at: at, finished_at: at })
      .execute();
    await database.write
      .insertInto('export_part')
      .values({ job_id: at.getTime(), part: 0, text: at === old ? 'old' : 'new' })
      .execute();
  }
  for (const [position, at] of [
    [1, old],
    [2, old],
    [null, old],
  ] as const) {
    await database.write
      .insertInto('outbox')
      .values({ id: newId(), position, event: 'x.y', subject_id: 's', at })
      .execute();
  }
  await addJob(database.write, 'jobs.tidy', {});
  await withJobs(async () => {
    while ((await ask(ops.count, {})).waiting + (await ask(ops.count, {})).running > 0)
      await pause(20, new AbortController().signal);
  });
  expect(await database.write.selectFrom('idempotency_key').select('key').execute()).toHaveLength(1);
  expect(await database.write.selectFrom('job_run').select('job_id').execute()).toHaveLength(1);
  // The newest position stays: positions count on from it. What is not published yet stays too.
  expect(await database.write.selectFrom('outbox').select('position').orderBy('position').execute()).toEqual([
    { position: 2 },
    { position: null },
  ]);
  const parts = await database.write.selectFrom('export_part').select('text').execute();
  expect(parts).toEqual([{ text: 'new' }]);
});

test('the examples of both rooms succeed, one after another, for whoever has the permissions', async () => {
  const known = { ...(await platformKnown(database.write)), userId: admin.id } as unknown as Known;
  for (const operation of [...Object.values(records), ...Object.values(ops)]) {
    const { status, body } = await execute(operation.name, operation.example(known), admin);
    expect([operation.name, status, body]).toEqual([operation.name, 200, expect.anything()]);
  }
});
