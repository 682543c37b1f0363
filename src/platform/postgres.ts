import { existsSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DataFolder, keptSecret, writeWhole } from './data-folder.ts';
import { errorCode, Fault, type Tell } from './fault.ts';
import { type FolderLock, holderOf, lockFolder } from './folder-lock.ts';
import { type Binaries, binariesAt, embeddedBinaries } from './postgres-binaries.ts';
import {
  type Cluster,
  checkClusterVersion,
  DATABASE_NAME,
  DATABASE_USER,
  locateCluster,
  makeCluster,
  prepareSocketFolder,
  processesIn,
  SOCKET_PORT,
  wasInterrupted,
  writtenPid,
} from './postgres-cluster.ts';
import {
  alive,
  argumentsOf,
  ask,
  type Connection,
  clearRemains,
  faultOf,
  type Launched,
  launch,
  logSince,
  runsAs,
  signal,
  stopServer,
} from './postgres-process.ts';

export type { Connection } from './postgres-process.ts';

export type PostgresOptions = {
  folder: DataFolder;
  /** For `already_running`: what this process does with the folder, `haedap start`. */
  purpose: string;
  tell: Tell;
  /** Folder of other PostgreSQL programs than the embedded ones. */
  bin?: string;
  /** Settings besides the usual ones. */
  settings?: Record<string, string>;
};

export type Postgres = {
  connection: Connection;
  lock: FolderLock;
  pid: () => number;
  /** Ends the server (fast shutdown) and gives the data folder free. */
  stop: () => Promise<void>;
  /** Called once when the server died and could not be brought back. */
  onLost: (hear: (fault: Fault) => void) => void;
};

/** A start may fail while an earlier server is still dying; this long it is tried again. */
const RETRY_MS = 60_000;
/** A server that dies more often than this in a minute is given up. */
const REVIVALS_A_MINUTE = 5;
const ADOPTED_POLL_MS = 500;

type Site = { folder: DataFolder; cluster: Cluster; binaries: Binaries; args: string[]; tell: Tell; log: string };
type Running = { pid: number; ended: Promise<unknown> };

const stateFile = (folder: DataFolder): string => folder.file('postgres.json');

/**
 * Starts the embedded PostgreSQL of a data folder under this process: makes the cluster at first, recovers or adopts
 * what a killed Haedap left, and brings the server back when it dies. Faults: `already_running`, `disk_full`,
 * `data_folder_newer`, `data_folder_foreign`, `postgres_failed` and those of the programs.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const lock = await lockFolder(options.folder, options.purpose);
  try {
    return await underLock(options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function underLock({ folder, tell, bin, settings = {} }: PostgresOptions, lock: FolderLock): Promise<Postgres> {
  const binaries = bin ? binariesAt(bin) : embeddedBinaries(folder.path);
  const cluster = locateCluster(folder);
  const password = keptSecret(folder, 'postgres.password');
  const site: Site = { folder, cluster, binaries, tell, log: folder.file('postgres.log'), args: [] };
  site.args = argumentsOf(cluster, settings);
  const connection = connectionTo(cluster, password);
  await ensureCluster(site, password);
  prepareSocketFolder(cluster);
  const running = await bringUp(site, connection);
  await ensureDatabase(connection);
  writeWhole(stateFile(folder), JSON.stringify({ socketFolder: cluster.socketFolder, haedap: process.pid }));
  return supervise(site, connection, running, lock);
}

const connectionTo = (cluster: Cluster, password: string): Connection => ({
  socketFolder: cluster.socketFolder,
  port: SOCKET_PORT,
  user: DATABASE_USER,
  password,
  database: DATABASE_NAME,
});

async function ensureCluster({ folder, cluster, binaries, tell }: Site, password: string): Promise<void> {
  const made = existsSync(folder.file('postgres.path')) || cluster.path === folder.file('postgres');
  if (existsSync(cluster.path) && made) return checkClusterVersion(cluster, binaries.major);
  // A server that still runs in a cluster whose data folder was deleted.
  const pid = writtenPid(cluster);
  if (pid !== null && processesIn(cluster).includes(pid)) await stopServer(cluster, pid);
  makeCluster(folder, cluster, binaries, password, tell);
}

async function bringUp(site: Site, connection: Connection): Promise<Running> {
  return (await adopt(site, connection)) ?? (await startServer(site, connection));
}

/** A server that runs although its Haedap was killed: kept when it was started as we would, else stopped cleanly. */
async function adopt({ cluster, binaries, args, tell }: Site, connection: Connection): Promise<Running | null> {
  const pid = writtenPid(cluster);
  if (pid === null || !processesIn(cluster).includes(pid)) return null;
  if (runsAs(cluster, binaries, args) && !(await ask({ ...connection, database: 'postgres' }, 'select 1'))) {
    tell({
      ko: `지난번 Haedap이 갑자기 끝나 남아 있던 데이터베이스(pid ${pid})를 이어받았습니다.`,
      en: `The last Haedap ended abruptly; took over its database server (pid ${pid}), which was still running.`,
    });
    return { pid, ended: endOf(pid) };
  }
  tell({
    ko: `지난번 Haedap이 남긴 데이터베이스 서버(pid ${pid})를 정상 종료하고 다시 시작합니다.`,
    en: `Stopping the database server (pid ${pid}) that the last Haedap left, and starting it anew.`,
  });
  await stopServer(cluster, pid);
  return null;
}

async function endOf(pid: number): Promise<void> {
  while (alive(pid)) await sleep(ADOPTED_POLL_MS, undefined, { ref: false });
}

async function startServer(site: Site, connection: Connection): Promise<Running> {
  const { cluster, binaries, args, log, tell } = site;
  const deadline = performance.now() + RETRY_MS;
  for (;;) {
    await clearRemains(cluster, tell);
    const interrupted = wasInterrupted(cluster);
    const began = performance.now();
    const launched = launch(cluster, binaries, args, log);
    if (await answers(launched, connection, tell)) {
      if (interrupted) tell(recovered(performance.now() - began));
      return launched;
    }
    const fault = faultOf(logSince(log, launched.logFrom), cluster);
    if (
      fault &&
      !(interrupted && fault.code === 'postgres_failed' && performance.now() < deadline - RETRY_MS + 5_000)
    ) {
      throw fault;
    }
    if (performance.now() > deadline) throw faultOf('FATAL: postmaster.pid', cluster);
    await sleep(200);
  }
}

const recovered = (ms: number) => ({
  ko: `데이터베이스가 갑자기 끝났었습니다. 기록에서 복구했고 확정된 내용은 모두 있습니다 (${(ms / 1000).toFixed(1)}초).`,
  en: `The database had ended abruptly; recovered it from its log, with every committed change (${(ms / 1000).toFixed(1)} s).`,
});

/** Waits until the server answers; false when it ended instead. Recovery may take minutes and says so. */
async function answers(launched: Launched, connection: Connection, tell: Tell): Promise<boolean> {
  let ended = false;
  void launched.ended.then(() => {
    ended = true;
  });
  const began = performance.now();
  let nextNote = 10_000;
  while (!ended) {
    const error = await ask({ ...connection, database: 'postgres' }, 'select 1');
    if (!error) return true;
    if (errorCode(error) === '28P01') throw wrongPassword();
    if (performance.now() - began > nextNote) {
      nextNote += 10_000;
      tell({ ko: '데이터베이스를 기다리는 중입니다 …', en: 'Waiting for the database …' });
    }
    await sleep(60);
  }
  return false;
}

const wrongPassword = () =>
  new Fault('database_password', {
    ko: '데이터 폴더의 postgres.password가 데이터베이스와 맞지 않습니다. 백업에서 그 파일을 되돌려 주세요.',
    en: 'postgres.password in the data folder does not match the database. Restore that file from a back-up.',
  });

async function ensureDatabase(connection: Connection): Promise<void> {
  const error = await ask(connection, 'select 1');
  if (errorCode(error) !== '3D000') {
    if (error) throw error;
    return;
  }
  const failed = await ask({ ...connection, database: 'postgres' }, `create database ${DATABASE_NAME}`);
  if (failed) throw failed;
}

function supervise(site: Site, connection: Connection, first: Running, lock: FolderLock): Postgres {
  let running = first;
  let stopping = false;
  let lost: (fault: Fault) => void = () => undefined;
  const deaths: number[] = [];
  const stay = takeAlong(() => running.pid);

  async function watch(): Promise<void> {
    while (!stopping) {
      await running.ended;
      if (stopping) return;
      site.tell({
        ko: '데이터베이스가 갑자기 끝났습니다. 다시 시작합니다.',
        en: 'The database ended abruptly; starting it again.',
      });
      deaths.push(performance.now());
      if (deaths.filter((at) => at > performance.now() - 60_000).length > REVIVALS_A_MINUTE) throw diesAgain(site);
      running = await bringUp(site, connection);
      if (stopping) await stopServer(site.cluster, running.pid);
    }
  }
  const watching = watch().catch((error: unknown) => lost(error instanceof Fault ? error : diesAgain(site, error)));

  async function stop(): Promise<void> {
    stopping = true;
    stay();
    await stopServer(site.cluster, running.pid);
    // Nothing that is waited for here keeps Node running: a command would end in the midst, without a word.
    const awake = setInterval(() => undefined, 1_000);
    await watching;
    clearInterval(awake);
    rmSync(stateFile(site.folder), { force: true });
    await lock.release();
  }
  let stopped: Promise<void> | null = null;
  return {
    connection,
    lock,
    pid: () => running.pid,
    onLost: (hear) => {
      lost = hear;
    },
    stop: () => (stopped ??= stop()),
  };
}

/**
 * A Haedap that ends without `stop`, by a bug or by a signal that nobody else hears (Ctrl+C while it starts), takes
 * its server along. After kill -9 the next start adopts it.
 */
function takeAlong(pid: () => number): () => void {
  const leave = () => signal(pid(), 'SIGINT');
  const onSignal = (name: NodeJS.Signals) => {
    if (process.listenerCount(name) === 1) process.exit(name === 'SIGINT' ? 130 : 143);
  };
  process.once('exit', leave);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return () => {
    process.off('exit', leave);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  };
}

const diesAgain = (site: Site, cause?: unknown) =>
  new Fault(
    'postgres_failed',
    {
      ko: `내장 데이터베이스가 거듭 끝나 Haedap을 멈춥니다. ${site.log}의 마지막 줄을 보고 \`npx haedap doctor\`를 실행하세요.`,
      en: `The embedded database keeps ending; Haedap stops. Look at the last lines of ${site.log} and run \`npx haedap doctor\`.`,
    },
    { cause },
  );

/**
 * A connection for a command beside a running Haedap on the same data folder, or null when none runs there: then
 * the command starts the server itself.
 */
export async function runningPostgres(folder: DataFolder): Promise<Connection | null> {
  if (!existsSync(stateFile(folder)) || !(await holderOf(folder))) return null;
  const connection = connectionTo(locateCluster(folder), keptSecret(folder, 'postgres.password'));
  return (await ask(connection, 'select 1')) ? null : connection;
}
