import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import { writeWhole } from './data-folder.ts';
import { diskFull, Fault, type Tell } from './fault.ts';
import { type Binaries, canEnter, chooseUser, ROOT_LIBRARY, type RunAs } from './postgres-binaries.ts';

/** The superuser of an embedded cluster, and its database. */
export const DATABASE_USER = 'haedap';
export const DATABASE_NAME = 'haedap';
/** Only names the socket file: the server listens on no network. */
export const SOCKET_PORT = 5432;
/** A Unix socket's path may hold 107 bytes; PostgreSQL adds its own name to the folder. */
const LONGEST_SOCKET_FOLDER = 100 - '/.s.PGSQL.5432'.length;

export type Cluster = { path: string; socketFolder: string; runAs: RunAs };

const pointerFile = (folder: DataFolder): string => folder.file('postgres.path');

/** Where the cluster of a data folder lies, and who owns it. Makes nothing. */
export function locateCluster(folder: DataFolder): Cluster {
  const pointed = existsSync(pointerFile(folder)) ? readFileSync(pointerFile(folder), 'utf8').trim() : null;
  const path = pointed ?? folder.file('postgres');
  if (!existsSync(path)) return placeCluster(folder);
  const { uid, gid } = statSync(path);
  if (process.getuid?.() === 0) return { path, socketFolder: socketFolder(folder, path), runAs: { uid, gid } };
  if (uid !== process.getuid?.()) throw ownedByAnother(folder, uid);
  return { path, socketFolder: socketFolder(folder, path), runAs: {} };
}

function placeCluster(folder: DataFolder): Cluster {
  const runAs = chooseUser();
  const reachable = !('uid' in runAs) || canEnter(folder.path, runAs);
  const path = reachable ? folder.file('postgres') : join(ROOT_LIBRARY, folder.hash, 'postgres');
  return { path, socketFolder: socketFolder(folder, path), runAs };
}

function socketFolder(folder: DataFolder, cluster: string): string {
  const beside = join(dirname(cluster), 'run');
  return Buffer.byteLength(beside) > LONGEST_SOCKET_FOLDER ? `/tmp/haedap-${folder.hash}` : beside;
}

function ownedByAnother(folder: DataFolder, uid: number): Fault {
  return new Fault('data_folder_foreign', {
    ko: `데이터 폴더 ${folder.path}의 데이터베이스는 다른 사용자(uid ${uid})의 것입니다. 그 사용자나 root로 시작하거나, HAEDAP_DATA로 다른 폴더를 지정하세요.`,
    en: `The database in the data folder ${folder.path} belongs to another user (uid ${uid}). Start as that user or as root, or name another folder with HAEDAP_DATA.`,
  });
}

function own(path: string, { uid, gid }: { uid?: number; gid?: number }): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** The folder of the socket, closed to others. Faults: `socket_folder_foreign` when somebody else made it. */
export function prepareSocketFolder({ socketFolder: path, runAs }: Cluster): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const wanted = runAs.uid ?? process.getuid?.();
  const owner = statSync(path).uid;
  if (owner !== wanted && owner !== process.getuid?.()) {
    throw new Fault('socket_folder_foreign', {
      ko: `${path}는 다른 사용자(uid ${owner})가 만든 폴더라 쓸 수 없습니다. 지우거나, HAEDAP_DATA로 더 짧은 경로를 지정하세요.`,
      en: `${path} was made by another user (uid ${owner}) and cannot be used. Remove it, or name a shorter path with HAEDAP_DATA.`,
    });
  }
  own(path, runAs);
  chmodSync(path, 0o700);
}

/** A cluster whose data folder was removed is kept aside, never reused and never deleted. */
function keepAside(path: string, tell: Tell): void {
  if (!existsSync(path)) return;
  const aside = `${path}.${new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}.old`;
  renameSync(path, aside);
  tell({
    ko: `데이터 폴더가 지워져 남은 옛 데이터베이스를 ${aside}로 옮겨 두었습니다.`,
    en: `The data folder of an old database was gone; that database now lies in ${aside}.`,
  });
}

/** Makes a new cluster, whole or not at all: UTF-8, C.UTF-8 (Korean is letters), passwords by SCRAM. */
export function makeCluster(folder: DataFolder, cluster: Cluster, binaries: Binaries, password: string, tell: Tell) {
  const parent = dirname(cluster.path);
  const draft = `${cluster.path}.new`;
  mkdirSync(parent, { recursive: true, mode: 0o711 });
  if (parent !== folder.path) keepAside(cluster.path, tell);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(draft, '..', `${DATABASE_USER}.${process.pid}.pw`);
  try {
    own(draft, cluster.runAs);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    own(passwordFile, cluster.runAs);
    initialise(draft, cluster, binaries, passwordFile);
    renameSync(draft, cluster.path);
    if (parent !== folder.path) writeWhole(pointerFile(folder), `${cluster.path}\n`, 0o644);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function initialise(draft: string, cluster: Cluster, binaries: Binaries, passwordFile: string): void {
  const options = ['-D', draft, '-E', 'UTF8', '--locale=C.UTF-8', '-U', DATABASE_USER];
  const access = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const done = spawnSync(binaries.initdb, [...options, ...access], {
    ...cluster.runAs,
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });
  if (done.status === 0) return;
  const why = done.error?.message ?? done.stderr.trim();
  if (/No space left on device/.test(why)) throw diskFull(dirname(draft));
  throw new Fault('initdb_failed', {
    ko: `내장 데이터베이스를 만들지 못했습니다: ${why}\n\`npx haedap doctor\`가 원인을 찾아 줍니다.`,
    en: `The embedded database could not be made: ${why}\n\`npx haedap doctor\` finds out why.`,
  });
}

/** Refuses a cluster of another major version. Faults: `data_folder_newer`, `cluster_too_old`. */
export function checkClusterVersion(cluster: Cluster, ours: number): void {
  const major = Number(readFileSync(join(cluster.path, 'PG_VERSION'), 'utf8'));
  if (major === ours) return;
  if (major > ours) {
    throw new Fault('data_folder_newer', {
      ko: `데이터베이스는 더 새로운 PostgreSQL ${major}의 것입니다(여기는 ${ours}). 그것을 만든 Haedap 이상의 버전으로 시작하세요. 바뀐 것은 없습니다.`,
      en: `The database was made by a newer PostgreSQL ${major} (this one is ${ours}). Start with the Haedap that made it, or a later one. Nothing was changed.`,
    });
  }
  throw new Fault('cluster_too_old', {
    ko: `데이터베이스는 PostgreSQL ${major}의 것이라 ${ours}로 열 수 없습니다. 예전 Haedap으로 내보낸 뒤 새 데이터 폴더에 들이세요. 바뀐 것은 없습니다.`,
    en: `The database was made by PostgreSQL ${major} and ${ours} cannot open it. Export it with the older Haedap and import it into a new data folder. Nothing was changed.`,
  });
}

/** Whether the server ended without closing the cluster, so that it recovers from its log at the next start. */
export function wasInterrupted(cluster: Cluster): boolean {
  const SHUT_DOWN = 1;
  // pg_control: identifier (8 bytes), control version (4), catalogue version (4), state (4); the same from 9 to 18.
  return readFileSync(join(cluster.path, 'global', 'pg_control')).readInt32LE(16) !== SHUT_DOWN;
}

/** Process ids of everything that runs in the cluster: the postmaster and its children work in its folder. */
export function processesIn(cluster: Cluster): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === cluster.path)
    .map(Number);
}

function workingFolder(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // ended meanwhile, or another user's
  }
}

/** The postmaster that `postmaster.pid` names, alive or not, or null. */
export function writtenPid(cluster: Cluster): number | null {
  const file = join(cluster.path, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n', 1)[0]) : null;
}
