import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { actorWith } from './actors.ts';
import { implement, type JobHandler } from './context.ts';
import { type Database, openDatabase } from './db.ts';
import { addJob, startJobs } from './jobs.ts';
import { stayAlive } from './jobs-rescue.ts';
import { migrateJobs } from './jobs-schema.ts';
import { pause } from './leader.ts';
import { contract } from './operation.ts';
import { createPipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { testDatabase } from './testing.ts';

let database: Database;
let stops: (() => Promise<void>)[] = [];
const problems: string[] = [];

beforeEach(async () => {
  database = await testDatabase();
  await sql`create table mark (job text, worker text, attempt int)`.execute(database.write);
  problems.length = 0;
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  stops = [];
  await database.close();
});

const nobody = contract('lab', { title: { ko: '시험', en: 'Lab' }, permissions: {}, operations: {} });

/** Starts a runner as a server process of its own would: its own pools, its own worker. */
async function runner(jobs: Record<string, JobHandler>, clock: Record<string, string> = {}, rescueEveryMs = 200) {
  const own = openDatabase(database.config, { max: 5 });
  const room = implement(nobody, {}, { jobs, clock });
  const pipeline = createPipeline({ database: own, registry: createRegistry([room]) });
  const stopJobs = await startJobs({
    database: own,
    pipeline,
    rescueEveryMs,
    onProblem: (message) => problems.push(message),
  });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await stopJobs();
    await own.close();
  };
  stops.push(stop);
  return { stop, own };
}

async function until(condition: () => Promise<boolean>, ms = 20_000): Promise<void> {
  for (const start = Date.now(); !(await condition()); ) {
    if (Date.now() - start > ms) throw new Error(`not within ${ms} ms`);
    await pause(30, new AbortController().signal);
  }
}

const marks = async () =>
  (
    await sql<{ job: string; worker: string; attempt: number }>`select * from mark order by job, attempt`.execute(
      database.write,
    )
  ).rows;
const queued = async () =>
  (await sql<{ n: number }>`select count(*) as n from graphile_worker._private_jobs`.execute(database.write)).rows[0]
    ?.n;
const run = (id: string) =>
  database.write.selectFrom('job_run').selectAll().where('job_id', '=', Number(id)).executeTakeFirst();
const mark =
  (worker: string): JobHandler =>
  async (ctx, payload) => {
    await sql`insert into mark values (${payload.job}, ${worker}, ${ctx.attempt})`.execute(ctx.db);
  };

test('two server processes run each of 500 jobs exactly once, and share them', async () => {
  await runner({ count: mark('a') });
  await runner({ count: mark('b') });
  await database.write.transaction().execute(async (trx) => {
    for (let n = 0; n < 500; n++) await addJob(trx, 'count', { job: String(n) });
  });
  await until(async () => (await queued()) === 0);
  const done = await marks();
  expect(done).toHaveLength(500);
  expect(new Set(done.map(({ job }) => job)).size).toBe(500);
  expect(new Set(done.map(({ worker }) => worker))).toEqual(new Set(['a', 'b']));
});

test('a job whose command does not commit never starts', async () => {
  await runner({ count: mark('a') });
  await database.write
    .transaction()
    .execute(async (trx) => {
      await addJob(trx, 'count', { job: 'never' });
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  await addJob(database.write, 'count', { job: 'after' });
  await until(async () => (await marks()).length > 0);
  expect((await marks()).map(({ job }) => job)).toEqual(['after']);
});

test('a failed job is tried again after a pause, and one that always fails ends as a dead letter', async () => {
  await runner({
    once: async (ctx, payload) => {
      if (ctx.attempt === 1) throw new Error('the mall answered 503 for 010-0000-1234');
      await mark('a')(ctx, payload);
    },
    never: async () => {
      throw new Error('the mall says no');
    },
  });
  const started = Date.now();
  await addJob(database.write, 'once', { job: 'x' });
  const never = await addJob(database.write, 'never', {}, { maxAttempts: 1 });
  // Its mark is there before its row is gone.
  await until(async () => (await marks()).length === 1 && (await queued()) === 1);
  expect(Date.now() - started).toBeGreaterThan(1_000);
  expect((await marks())[0]).toMatchObject({ attempt: 2 });
  const { rows } =
    await sql`select id, attempts, max_attempts, last_error, locked_by from graphile_worker._private_jobs`.execute(
      database.write,
    );
  expect(rows).toEqual([
    { id: Number(never), attempts: 1, max_attempts: 1, last_error: 'the mall says no', locked_by: null },
  ]);
  const events = await database.write.selectFrom('outbox').select(['event', 'subject_id']).execute();
  expect(events).toEqual([{ event: 'jobs.failed', subject_id: never }]);
});

test('why a job failed is kept without personal data', async () => {
  await runner({
    leaky: async () => {
      throw new Error('no answer for kim@example.com, 010-0000-1234');
    },
  });
  await addJob(database.write, 'leaky', {}, { maxAttempts: 1 });
  const failed = () =>
    sql<{ last_error: string | null }>`select last_error from graphile_worker._private_jobs`.execute(database.write);
  await until(async () => (await failed()).rows[0]?.last_error != null);
  expect((await failed()).rows[0]?.last_error).toBe('no answer for k***@example.com, 010-****-1234');
});

test('a long job shows how far it is, and stops when somebody cancels it', async () => {
  let steps = 0;
  const id = await addJob(database.write, 'long', {}, { watchedBy: actorWith('admin') });
  expect(await run(id)).toMatchObject({ state: 'waiting', progress: 0, requested_by_name: '시험 admin' });
  await runner({
    long: async (ctx) => {
      for (; steps < 400; steps++) {
        await ctx.progress(steps / 400, `${steps}/400`);
        await pause(25, new AbortController().signal);
      }
    },
  });
  await until(async () => ((await run(id))?.progress ?? 0) > 0.01);
  expect(await run(id)).toMatchObject({ state: 'running', note: expect.stringMatching(/^\d+\/400$/) });
  await database.write
    .updateTable('job_run')
    .set({ cancel_requested_at: new Date() })
    .where('job_id', '=', Number(id))
    .execute();
  await until(async () => (await queued()) === 0);
  expect(await run(id)).toMatchObject({ state: 'cancelled', finished_at: expect.any(Date) });
  expect(steps).toBeLessThan(400);
});

test('a long job that ends keeps what it made', async () => {
  await runner({
    long: async (ctx) => {
      await ctx.progress(0.5);
      await ctx.result({ rows: 7 });
    },
  });
  const id = await addJob(database.write, 'long', {}, { watchedBy: actorWith('admin') });
  await until(async () => (await run(id))?.state === 'done');
  expect(await run(id)).toMatchObject({ progress: 1, result: { rows: 7 }, error: null });
});

test('a job of a stopping server goes on in another one and loses no attempt', async () => {
  const long: JobHandler = async (ctx, payload) => {
    await sql`insert into mark values (${payload.job}, 'start', ${ctx.attempt})`.execute(ctx.db);
    for (let n = 0; n < 60; n++) {
      await ctx.progress(n / 60);
      await pause(20, new AbortController().signal);
    }
    await sql`insert into mark values (${payload.job}, 'end', ${ctx.attempt})`.execute(ctx.db);
  };
  const first = await runner({ long });
  await addJob(database.write, 'long', { job: 'x' });
  await until(async () => (await marks()).length === 1);
  await first.stop();
  await runner({ long });
  await until(async () => (await queued()) === 0);
  const seen = await marks();
  expect(seen.map(({ worker }) => worker).sort()).toEqual(['end', 'start', 'start']);
  expect(seen.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
});

test('a server that stops before its worker is known to live still stops', async () => {
  for (let round = 0; round < 10; round++) {
    const alive = stayAlive(database, `worker-${round}`);
    // Anywhere between the connection's first byte and its lock.
    await pause(round, new AbortController().signal);
    await alive();
  }
});

test('a stop leaves no job behind that looks as if it ran', async () => {
  for (let round = 1; round <= 4; round++) {
    const { stop } = await runner({ count: mark('a') });
    for (let n = 0; n < 20; n++) await addJob(database.write, 'count', { job: String(n) });
    await until(async () => (await marks()).length >= round * 10);
    await stop();
    const locked = await sql`select id from graphile_worker._private_jobs where locked_at is not null`.execute(
      database.write,
    );
    expect(locked.rows).toEqual([]);
  }
});

test('jobs of one queue run one after another, and a key replaces the job that waits', async () => {
  let running = 0;
  let most = 0;
  const one: JobHandler = async () => {
    running += 1;
    most = Math.max(most, running);
    await pause(30, new AbortController().signal);
    running -= 1;
  };
  for (let n = 0; n < 6; n++) await addJob(database.write, 'one', {}, { queue: 'mall:own' });
  for (const job of ['first', 'second']) await addJob(database.write, 'count', { job }, { key: 'same' });
  await runner({ one, count: mark('a') });
  await until(async () => (await queued()) === 0);
  expect(most).toBe(1);
  expect((await marks()).map(({ job }) => job)).toEqual(['second']);
});

test('the clock adds its job once for all processes, and makes up for a missed time once', async () => {
  const tick: JobHandler = async (ctx) => {
    await sql`insert into mark values ('tick', 'clock', ${ctx.attempt})`.execute(ctx.db);
  };
  const first = await runner({ tick }, { tick: '* * * * *' });
  await until(
    async () =>
      (await sql`select 1 from graphile_worker._private_known_crontabs`.execute(database.write)).rows.length === 1,
  );
  await first.stop();
  await sql`update graphile_worker._private_known_crontabs set known_since = now() - interval '3 hours',
    last_execution = now() - interval '2 hours'`.execute(database.write);
  await sql`truncate mark`.execute(database.write);
  const started = new Date().getUTCMinutes();
  await runner({ tick }, { tick: '* * * * *' });
  await runner({ tick }, { tick: '* * * * *' });
  await until(async () => (await marks()).length >= 1 && (await queued()) === 0);
  // The turn of a minute during the test adds one of its own.
  expect((await marks()).length).toBeLessThanOrEqual(new Date().getUTCMinutes() === started ? 1 : 2);
});

test('several processes may bring the schema of jobs up to date at once', async () => {
  await sql`drop schema graphile_worker cascade`.execute(database.write);
  await Promise.all([1, 2, 3].map(() => migrateJobs({ ...database.pool.options, ...configOf(database) })));
  expect(await addJob(database.write, 'count', {})).toMatch(/^\d+$/);
});

const configOf = ({ config }: Database) =>
  'connectionString' in config ? config : { ...config, host: config.socketFolder };

test('a runner outlives the loss of all its connections', async () => {
  await runner({ count: mark('a') });
  await addJob(database.write, 'count', { job: 'before' });
  await until(async () => (await marks()).length === 1);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(database.read);
  await pause(300, new AbortController().signal);
  await addJob(database.write, 'count', { job: 'after' });
  await until(async () => (await marks()).length === 2);
});

test('the job of a killed process is taken again by another one', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./testing-worker.ts', import.meta.url))], {
    env: { ...process.env, HAEDAP_TEST_DATABASE: JSON.stringify(database.config) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await addJob(database.write, 'sleep', { job: 'x' });
  await until(async () => (await marks()).length === 1);
  await killed(child);
  await runner({ sleep: mark('second') });
  await until(async () => (await queued()) === 0);
  expect(await marks()).toEqual([
    { job: 'x', worker: 'first', attempt: 1 },
    { job: 'x', worker: 'second', attempt: 2 },
  ]);
});

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
