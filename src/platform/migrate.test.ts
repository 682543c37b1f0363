import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkServer, serverFacts } from './database-check.ts';
import { type Migration, migrate, pendingMigrations, readMigrations, waitingMigrations } from './migrate.ts';
import { dropDatabase, newDatabase } from './testing.ts';
import { runSql } from './testing-server.ts';

const made = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});
const first = made('20260101T0000_test_one.sql', 'create table one (n int); insert into one values (1)');
const second = made('20260102T0000_test_two.sql', 'alter table one add column m int; insert into one values (2, 2)');

test('migrations run once, in the order of their names, and wait for nothing afterwards', async () => {
  const config = await newDatabase({ empty: true });
  expect(await migrate(config, { migrations: [first] })).toEqual([first.name]);
  expect(await migrate(config, { migrations: [first, second] })).toEqual([second.name]);
  expect(await migrate(config, { migrations: [first, second] })).toEqual([]);
  expect(await runSql(config, 'select n, m from one order by n')).toEqual([
    { n: 1, m: null },
    { n: 2, m: 2 },
  ]);
  await dropDatabase(config);
});

test('several processes may migrate at once: each migration runs once', async () => {
  const config = await newDatabase({ empty: true });
  const slow = made('20260103T0000_test_slow.sql', 'select pg_sleep(0.2); insert into one values (3)');
  const told: string[] = [];
  const runs = Array.from({ length: 4 }, () =>
    migrate(config, { migrations: [first, second, slow], tell: (line) => told.push(line.en) }),
  );
  const applied = (await Promise.all(runs)).flat();
  expect(applied.sort()).toEqual([first.name, second.name, slow.name]);
  expect(await runSql(config, 'select count(*) from one')).toEqual([{ count: 3 }]);
  expect(told.join()).toMatch(/Another process prepares the database/);
  await dropDatabase(config);
});

test('a migration that fails half-way is named, and leaves the database as it was', async () => {
  const config = await newDatabase({ empty: true });
  await migrate(config, { migrations: [first] });
  const broken = made('20260103T0000_test_broken.sql', 'drop table one; create table three (n int); select 1 / 0');
  await expect(migrate(config, { migrations: [first, second, broken] })).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringMatching(/20260103T0000_test_broken.sql failed: division by zero/),
  });
  expect(await runSql(config, 'select n, m from one order by n')).toHaveLength(2);
  expect(await runSql(config, "select to_regclass('three') as three")).toEqual([{ three: null }]);
  expect(await runSql(config, 'select name from schema_migration order by name')).toEqual([
    { name: first.name },
    { name: second.name },
  ]);
  await dropDatabase(config);
});

test('a migration may not end its transaction itself', async () => {
  const config = await newDatabase({ empty: true });
  const sly = made('20260103T0000_test_sly.sql', 'create table three (n int); commit; create table four (n int)');
  await expect(migrate(config, { migrations: [sly] })).rejects.toMatchObject({ code: 'migration_failed' });
  await dropDatabase(config);
});

test('a database of a newer Haedap and a migration that was edited afterwards are refused, and nothing changes', async () => {
  const config = await newDatabase({ empty: true });
  await migrate(config, { migrations: [first, second] });
  await expect(migrate(config, { migrations: [first] })).rejects.toMatchObject({ code: 'database_newer' });
  const edited = made(first.name, 'create table one (n bigint)');
  const third = made('20260103T0000_test_three.sql', 'create table three (n int)');
  await expect(migrate(config, { migrations: [edited, second, third] })).rejects.toMatchObject({
    code: 'migration_changed',
  });
  expect(await runSql(config, "select to_regclass('three') as three")).toEqual([{ three: null }]);
  await dropDatabase(config);
});

test('a migration of a parallel branch is applied although its name comes before one that is there', () => {
  const applied = new Map([[second.name, second.checksum]]);
  expect(pendingMigrations([first, second], applied)).toEqual([first]);
});

test('the template of this run is at the version of the migrations folder', async () => {
  const config = await newDatabase();
  expect(await waitingMigrations(config)).toEqual([]);
  await dropDatabase(config);
  const empty = await newDatabase({ empty: true });
  expect(await waitingMigrations(empty)).toEqual(readMigrations().map((migration) => migration.name));
  await dropDatabase(empty);
});

test('a server that is too old, or whose clock differs, is refused by what it says of itself', async () => {
  const config = await newDatabase({ empty: true });
  const facts = await serverFacts(config);
  expect(facts.version).toBeGreaterThanOrEqual(150_000);
  expect(() => checkServer(facts, new Date())).not.toThrow();
  expect(() => checkServer({ ...facts, version: 140_011, versionText: '14.11' }, new Date())).toThrow(
    /14\.11 is too old/,
  );
  const hour = 3_600_000;
  expect(() => checkServer(facts, new Date(Date.now() + hour))).toThrow(/clocks .* differ/);
  expect(() => checkServer(facts, new Date(Date.now() - hour))).toThrow(/clocks .* differ/);
  await dropDatabase(config);
});
