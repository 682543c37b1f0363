import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { diskFull, errorCode, Fault, type Tell } from './fault.ts';
import type { Binaries } from './postgres-binaries.ts';
import { type Cluster, processesIn, SOCKET_PORT, writtenPid } from './postgres-cluster.ts';
import { bytesIn, machineBytes, memoryFor } from './postgres-memory.ts';

export type Connection = { socketFolder: string; port: number; user: string; password: string; database: string };

/** With the memory of `memoryFor`. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: String(SOCKET_PORT),
  max_connections: '80',
  work_mem: '8MB',
  maintenance_work_mem: '96MB',
  max_wal_size: '1GB',
  max_parallel_workers_per_gather: '1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // No statement, parameter or row value reaches the log: they hold personal data.
  log_min_messages: 'warning',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};
const LOG_LIMIT_BYTES = 5_000_000;
/** How long children of a dead postmaster may take to notice; one that waits for a lock never does. */
const DYING_MS = 2_000;
const FAST_STOP_MS = 60_000;

export function argumentsOf(cluster: Cluster, settings: Record<string, string>): string[] {
  const memory = memoryFor(bytesIn(join(cluster.path, 'base')), machineBytes());
  const all = Object.entries({ ...SETTINGS, ...memory, ...settings });
  return [
    '-D',
    cluster.path,
    '-k',
    cluster.socketFolder,
    ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Whether the postmaster that runs now was started with the same program and settings. */
export function runsAs(cluster: Cluster, binaries: Binaries, args: readonly string[]): boolean {
  const file = join(cluster.path, 'postmaster.opts');
  const wanted = [binaries.postgres, ...args.map((arg) => `"${arg}"`)].join(' ');
  return existsSync(file) && readFileSync(file, 'utf8').trim() === wanted;
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // already gone
  }
}

async function gone(cluster: Cluster, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (processesIn(cluster).length > 0) {
    if (performance.now() > end) return false;
    await sleep(50);
  }
  return true;
}

/** Stops a server: fast shutdown (transactions are rolled back, everything is written), at worst an immediate one. */
export async function stopServer(cluster: Cluster, pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await gone(cluster, FAST_STOP_MS)) return;
  await endAll(cluster);
}

async function endAll(cluster: Cluster): Promise<void> {
  for (const pid of processesIn(cluster)) signal(pid, 'SIGQUIT');
  if (await gone(cluster, 10_000)) return;
  for (const pid of processesIn(cluster)) signal(pid, 'SIGKILL');
  await gone(cluster, 10_000);
}

/** Waits for what a killed postmaster left behind, and takes a pid file away that names somebody else's process. */
export async function clearRemains(cluster: Cluster, tell: Tell): Promise<void> {
  const pid = writtenPid(cluster);
  if (pid === null) return;
  if (processesIn(cluster).length > 0 && !(await gone(cluster, DYING_MS))) {
    tell({
      ko: `갑자기 끝난 데이터베이스의 남은 프로세스 ${processesIn(cluster).length}개를 끝냅니다.`,
      en: `Ending ${processesIn(cluster).length} processes that the dead database server left.`,
    });
    await endAll(cluster);
  }
  if (writtenPid(cluster) !== pid || !alive(pid)) return; // PostgreSQL itself clears a dead one
  rmSync(join(cluster.path, 'postmaster.pid'), { force: true });
  tell({
    ko: `postmaster.pid가 가리키던 ${pid}번은 다른 프로그램이라 파일을 지웠습니다.`,
    en: `postmaster.pid named process ${pid}, which is another program; the file was removed.`,
  });
}

export type Launched = { pid: number; logFrom: number; ended: Promise<number | null> };

/** Starts the server in a session of its own, so that Ctrl+C reaches Haedap first. */
export function launch(cluster: Cluster, binaries: Binaries, args: readonly string[], log: string): Launched {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.old`);
  const out = openSync(log, 'a', 0o600);
  const logFrom = fstatSync(out).size;
  const child = spawn(binaries.postgres, args, {
    ...cluster.runAs,
    cwd: '/',
    detached: true,
    stdio: ['ignore', out, out],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  closeSync(out);
  child.unref();
  const ended = new Promise<number | null>((done) => {
    child.once('error', () => done(null));
    child.once('exit', (code) => done(code));
  });
  return { pid: child.pid ?? 0, logFrom, ended };
}

/** What the server wrote since it was launched. */
export function logSince(log: string, from: number): string {
  const file = openSync(log, 'r');
  try {
    const part = Buffer.alloc(Math.min(Math.max(fstatSync(file).size - from, 0), 20_000));
    readSync(file, part, 0, part.length, from);
    return part.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** The fault that a server's last words mean, or null when the same start may succeed a moment later. */
export function faultOf(words: string, cluster: Cluster): Fault | null {
  if (/lock file "[^"]+" already exists|pre-existing shared memory block|Is another postmaster/.test(words))
    return null;
  if (/No space left on device/.test(words)) return diskFull(cluster.path);
  const last = words.split('\n').findLast((line) => /FATAL|PANIC/.test(line)) ?? words.trim().slice(-300);
  return new Fault('postgres_failed', {
    ko: `내장 데이터베이스가 시작되지 않았습니다: ${last}\n데이터는 ${cluster.path}에 그대로 있습니다. \`npx haedap doctor\`가 원인을 찾아 줍니다.`,
    en: `The embedded database did not start: ${last}\nThe data in ${cluster.path} is untouched. \`npx haedap doctor\` finds out why.`,
  });
}

/** One short question to the server: null when it answered, else its error. */
export async function ask(connection: Connection, sql: string): Promise<unknown> {
  const { socketFolder: host, ...rest } = connection;
  const client = new pg.Client({ ...rest, host, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
    return null;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
