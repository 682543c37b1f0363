import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { clientConfig } from './db.ts';
import type { Words } from './operation.ts';
import { type Connection, type Postgres, runningPostgres, startPostgres } from './postgres.ts';
import { ROOT_LIBRARY } from './postgres-binaries.ts';
import { locateCluster, processesIn } from './postgres-cluster.ts';

const isRoot = process.getuid?.() === 0;
const scratch = mkdtempSync(join(tmpdir(), 'haedap-postgres-test-'));
chmodSync(scratch, 0o711);
const opened: DataFolder[] = [];
const started: Postgres[] = [];
// A test that failed half-way leaves the shared folder to the next one.
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});
afterAll(() => {
  for (const folder of opened) {
    for (const pid of existsSync(locateCluster(folder).path) ? processesIn(locateCluster(folder)) : [])
      process.kill(pid, 9);
    rmSync(join(ROOT_LIBRARY, folder.hash), { recursive: true, force: true });
  }
  rmSync(scratch, { recursive: true, force: true });
});

function folderNamed(name: string): DataFolder {
  const folder = openDataFolder(join(scratch, name), '0.1.0');
  if (!opened.some((known) => known.path === folder.path)) opened.push(folder);
  return folder;
}

/** Most tests use one folder one after the other: making a cluster takes its time. Each leaves it stopped. */
const shared = () => folderNamed('shared');

/** Starts, and keeps what it told. */
async function startHere(folder: DataFolder): Promise<{ server: Postgres; told: string[] }> {
  const told: string[] = [];
  const server = await startPostgres({ folder, purpose: 'test', tell: (line: Words) => told.push(line.en) });
  started.push(server);
  return { server, told };
}

async function query(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(clientConfig(connection));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another Haedap process that holds the folder's server until it is killed. */
async function startElsewhere(folder: DataFolder): Promise<ChildProcess> {
  const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `import { openDataFolder } from ${at('./data-folder.ts')};
    import { startPostgres } from ${at('./postgres.ts')};
    await startPostgres({ folder: openDataFolder(${JSON.stringify(folder.path)}, '0.1.0'), purpose: 'other', tell() {} });
    process.stdout.write('up');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout!, 'data');
  return child;
}

async function killHaedap(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const postmaster = (folder: DataFolder): number =>
  Number(readFileSync(join(locateCluster(folder).path, 'postmaster.pid'), 'utf8').split('\n')[0]);

/** Writers that count what was acknowledged, until the server goes. */
async function writeUntilItBreaks(connection: Connection, acknowledged: number[]): Promise<void> {
  let next = 0;
  async function write() {
    const client = new pg.Client(clientConfig(connection));
    client.on('error', () => undefined);
    await client.connect();
    for (;;) {
      const n = ++next;
      await client.query('insert into written (n) values ($1)', [n]);
      acknowledged.push(n);
    }
  }
  await Promise.allSettled(Array.from({ length: 4 }, write));
}

async function reaches(acknowledged: number[], count: number): Promise<void> {
  while (acknowledged.length < count) await sleep(5);
}

test('the server starts, keeps what was written over a restart, and leaves no process and no open network port', async () => {
  const folder = shared();
  const first = await startHere(folder);
  await query(first.server.connection, 'create table kept (n int); insert into kept values (7)');
  await first.server.stop();
  expect(processesIn(locateCluster(folder))).toEqual([]);
  const second = await startHere(folder);
  expect(await query(second.server.connection, 'select n from kept')).toEqual([{ n: 7 }]);
  expect(await query(second.server.connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(await query(second.server.connection, 'show fsync')).toEqual([{ fsync: 'on' }]);
  expect(
    await query(second.server.connection, 'select datctype from pg_database where datname = current_database()'),
  ).toEqual([{ datctype: 'C.UTF-8' }]);
  await second.server.stop();
  expect(second.told).toEqual([]);
});

test('a wrong password is refused', async () => {
  const folder = shared();
  const { server } = await startHere(folder);
  await expect(query({ ...server.connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  await server.stop();
});

test('a second start on the same folder is refused and names the first; a command beside it connects', async () => {
  const folder = shared();
  expect(await runningPostgres(folder)).toBeNull();
  const { server } = await startHere(folder);
  await expect(startHere(folder)).rejects.toMatchObject({
    code: 'already_running',
    message: expect.stringContaining(`pid ${process.pid}`),
  });
  const beside = await runningPostgres(folder);
  expect(await query(beside!, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(await runningPostgres(folder)).toBeNull();
});

test('a killed server comes back by itself under load, and every acknowledged write is there once', async () => {
  const folder = shared();
  const { server, told } = await startHere(folder);
  await query(server.connection, 'drop table if exists written; create table written (n bigint)');
  for (let round = 0; round < 3; round += 1) {
    await query(server.connection, 'truncate written');
    const before = server.pid();
    const acknowledged: number[] = [];
    const writing = writeUntilItBreaks(server.connection, acknowledged);
    await reaches(acknowledged, 50);
    process.kill(before, 'SIGKILL');
    await writing;
    while (server.pid() === before) await sleep(20);
    const rows = await query(server.connection, 'select n from written');
    const there = rows.map((row) => Number(row.n));
    expect(acknowledged.filter((n) => !there.includes(n))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
  }
  expect(told.filter((line) => line.includes('ended abruptly; starting'))).toHaveLength(3);
  await server.stop();
  expect(processesIn(locateCluster(folder))).toEqual([]);
});

test('after a kill of Haedap the next start takes over its server and says so', async () => {
  const folder = shared();
  const other = await startElsewhere(folder);
  const pid = postmaster(folder);
  await killHaedap(other);
  const { server, told } = await startHere(folder);
  expect(server.pid()).toBe(pid);
  expect(told.join()).toMatch(/took over its database server/);
  await server.stop();
  expect(processesIn(locateCluster(folder))).toEqual([]);
});

test('a command that stops the server it took over goes on to its end', async () => {
  const folder = shared();
  await killHaedap(await startElsewhere(folder));
  const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const program = `import { openDataFolder } from ${at('./data-folder.ts')};
    import { startPostgres } from ${at('./postgres.ts')};
    const server = await startPostgres({ folder: openDataFolder(${JSON.stringify(folder.path)}, '0.1.0'), purpose: 'command', tell() {} });
    await server.stop();
    process.stdout.write('ended');`;
  const command = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect([command.stdout, command.status]).toEqual(['ended', 0]);
  expect(processesIn(locateCluster(folder))).toEqual([]);
});

test('a Haedap that ends by Ctrl+C before it listens takes its server along', async () => {
  const folder = shared();
  const other = await startElsewhere(folder);
  const ended = once(other, 'exit');
  other.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  while (processesIn(locateCluster(folder)).length > 0) await sleep(20);
  const { server, told } = await startHere(folder);
  expect(told).toEqual([]);
  await server.stop();
});

test('after a kill of Haedap and of the server the next start recovers what was acknowledged and says so', async () => {
  const folder = shared();
  const other = await startElsewhere(folder);
  const connection = (await runningPostgres(folder))!;
  await query(connection, 'drop table if exists written; create table written (n bigint)');
  const acknowledged: number[] = [];
  const writing = writeUntilItBreaks(connection, acknowledged);
  await reaches(acknowledged, 50);
  other.kill('SIGKILL');
  process.kill(postmaster(folder), 'SIGKILL');
  await writing;
  const { server, told } = await startHere(folder);
  const there = (await query(server.connection, 'select n from written')).map((row) => Number(row.n));
  expect(acknowledged.filter((n) => !there.includes(n))).toEqual([]);
  expect(told.join()).toMatch(/recovered it from its log/);
  await server.stop();
  expect(processesIn(locateCluster(folder))).toEqual([]);
});

test('a pid file that names a living stranger does not keep the server from starting', async () => {
  const folder = shared();
  const { server } = await startHere(folder);
  const { path } = locateCluster(folder);
  const written = readFileSync(join(path, 'postmaster.pid'), 'utf8');
  await server.stop();
  writeFileSync(join(path, 'postmaster.pid'), written.replace(/^\d+/, String(process.pid)));
  const again = await startHere(folder);
  expect(again.told.join()).toMatch(/which is another program/);
  await again.server.stop();
});

test('a long path moves the socket to /tmp, closed to others', async () => {
  const folder = folderNamed(join('long', 'x'.repeat(100)));
  const { server } = await startHere(folder);
  expect(server.connection.socketFolder).toBe(`/tmp/haedap-${folder.hash}`);
  expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  rmSync(server.connection.socketFolder, { recursive: true, force: true });
});

test.runIf(isRoot)(
  'below a closed folder root keeps the cluster in /var/lib/haedap, and sets an orphaned one aside',
  async () => {
    mkdirSync(join(scratch, 'closed'), { mode: 0o700 });
    const folder = folderNamed('closed/data');
    const { server } = await startHere(folder);
    expect(readFileSync(folder.file('postgres.path'), 'utf8').trim()).toBe(join(ROOT_LIBRARY, folder.hash, 'postgres'));
    await query(server.connection, 'create table kept (n int)');
    await server.stop();
    const again = await startHere(folder);
    expect(await query(again.server.connection, 'select n from kept')).toEqual([]);
    await again.server.stop();
    rmSync(folder.path, { recursive: true });
    const fresh = await startHere(folderNamed('closed/data'));
    expect(fresh.told.join()).toMatch(/The data folder of an old database was gone/);
    await expect(query(fresh.server.connection, 'select n from kept')).rejects.toMatchObject({ code: '42P01' });
    await fresh.server.stop();
  },
);

test('a cluster of a newer PostgreSQL is refused and left as it was', async () => {
  const folder = shared();
  const { server } = await startHere(folder);
  await server.stop();
  const file = join(locateCluster(folder).path, 'PG_VERSION');
  writeFileSync(file, '19\n');
  await expect(startHere(folder)).rejects.toMatchObject({ code: 'data_folder_newer' });
  expect(readFileSync(file, 'utf8')).toBe('19\n');
});

const canMount = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

test.runIf(canMount)('on a full disk nothing is made and the message says what to do', async () => {
  const small = join(scratch, 'small');
  mkdirSync(small);
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', small]);
  try {
    expect(() => openDataFolder(join(small, 'data'), '0.1.0')).toThrow(/No space is left/);
    expect(readdirSync(small)).toEqual([]);
  } finally {
    spawnSync('umount', [small]);
  }
});

test.runIf(canMount)('a disk that fills up while running refuses the write; with space again all goes on', async () => {
  const small = join(scratch, 'filling');
  mkdirSync(small);
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=260m,mode=711', 'tmpfs', small]);
  try {
    const { server } = await startHere(folderNamed('filling/data'));
    await query(server.connection, 'create table written (body text)');
    await query(server.connection, "insert into written values ('before')");
    const fill = spawnSync('sh', ['-c', `head -c 300000000 /dev/zero > ${join(small, 'ballast')}`]);
    expect(fill.status).not.toBe(0);
    const big = 'insert into written select repeat(md5(n::text), 200) from generate_series(1, 20000) n';
    await expect(query(server.connection, big)).rejects.toThrow();
    rmSync(join(small, 'ballast'));
    while ((await query(server.connection, 'select 1 as one').catch(() => [])).length === 0) await sleep(100);
    expect(await query(server.connection, 'select body from written')).toEqual([{ body: 'before' }]);
    await server.stop();
  } finally {
    spawnSync('umount', [small]);
  }
});
