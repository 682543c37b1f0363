import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from './db.ts';
import { cloneDatabase, dropDatabase, newDatabase, testDatabase } from './testing.ts';

test('bigint arrives as a number, a date as its text, a timestamptz as a Date', async () => {
  const db = await testDatabase();
  const { rows } =
    await sql`select 1000000000000::bigint as won, sum(2000000000000::bigint) as total, array[1::bigint, null] as many, date '2026-11-12' as day,
    array[date '2026-11-12'] as days, timestamptz '2026-11-12T00:00:00+09:00' as at`.execute(db.read);
  expect(rows).toEqual([
    {
      won: 1_000_000_000_000,
      total: 2_000_000_000_000,
      many: [1, null],
      day: '2026-11-12',
      days: ['2026-11-12'],
      at: new Date('2026-11-11T15:00:00Z'),
    },
  ]);
  await db.close();
});

test('the read side cannot write', async () => {
  const db = await testDatabase();
  await sql`create table note (body text)`.execute(db.write);
  await expect(sql`insert into note values ('x')`.execute(db.read)).rejects.toMatchObject({ code: '25006' });
  await sql`insert into note values ('x')`.execute(db.write);
  expect((await sql`select body from note`.execute(db.read)).rows).toEqual([{ body: 'x' }]);
  await db.close();
});

test('a listener hears notices, and hears of the reconnect after its connection broke', async () => {
  const db = await testDatabase();
  const heard: string[] = [];
  const next = () =>
    new Promise<void>((done) => {
      const before = heard.length;
      const look = setInterval(() => {
        if (heard.length === before) return;
        clearInterval(look);
        done();
      }, 5);
    });
  const stop = await db.listen('news', (payload) => heard.push(payload));
  let waiting = next();
  await sql`notify news, 'first'`.execute(db.write);
  await waiting;
  waiting = next();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`.execute(
    db.write,
  );
  await waiting;
  waiting = next();
  await sql`notify news, 'second'`.execute(db.write);
  await waiting;
  expect(heard).toEqual(['first', '', 'second']);
  await stop();
  await db.close();
});

test('a connection that breaks while in use fails its next statement, not the process', async () => {
  const db = await testDatabase();
  const client = await db.pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const ended = new Promise((done) => client.once('end', done));
  await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db.write);
  await ended;
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  expect((await sql`select 1 as one`.execute(db.write)).rows).toEqual([{ one: 1 }]);
  await db.close();
});

test('closing ends connections that were only ever taken straight from the pool', async () => {
  const config = await newDatabase();
  const db = openDatabase(config);
  (await db.pool.connect()).release();
  await db.close();
  expect(db.pool.ended).toBe(true);
  await dropDatabase(await cloneDatabase(config)); // fails while somebody is connected to it
  await dropDatabase(config);
});

test('a query that takes longer than anybody waits for is ended by the database', async () => {
  const db = await testDatabase();
  const { rows } = await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db.read);
  expect(rows[0]?.statement_timeout).toBe('25s');
  await db.close();
});
