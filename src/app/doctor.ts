import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkClock } from '#platform/clock.ts';
import { DATA_FORMAT, type DataFolder, dataPath, folderAt, readMark } from '#platform/data-folder.ts';
import { checkServer, parseDatabaseUrl, serverFacts, shownAddress } from '#platform/database-check.ts';
import type { DatabaseConfig } from '#platform/db.ts';
import { Fault } from '#platform/fault.ts';
import { holderOf } from '#platform/folder-lock.ts';
import { waitingMigrations } from '#platform/migrate.ts';
import type { Words } from '#platform/operation.ts';
import { runningPostgres } from '#platform/postgres.ts';
import { chooseUser, EMBEDDED_MAJOR, embeddedPackage } from '#platform/postgres-binaries.ts';
import { checkClusterVersion, locateCluster, wasInterrupted } from '#platform/postgres-cluster.ts';
import type { CliCommand } from './cli.ts';
import { ROOT } from './open-company.ts';
import { readOptions } from './options.ts';
import { both } from './progress.ts';
import { version } from './version.ts';
import { isWebFresh } from './web-build.ts';

/** What the doctor saw: fine, worth knowing, or wrong with what to do. */
export type Finding = { part: string; state: 'fine' | 'note' | 'wrong'; code: string | null; words: Words };

const fine = (part: string, ko: string, en: string): Finding => ({
  part,
  state: 'fine',
  code: null,
  words: { ko, en },
});
const note = (part: string, ko: string, en: string): Finding => ({
  part,
  state: 'note',
  code: null,
  words: { ko, en },
});

/** Runs one check; a fault is a finding, not the doctor's end. */
async function check(part: string, run: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Fault) return { part, state: 'wrong', code: error.code, words: error.words };
    const why = error instanceof Error ? error.message : String(error);
    return { part, state: 'wrong', code: null, words: { ko: why, en: why } };
  }
}

function environment(): Finding {
  const about = `Haedap ${version}, Node ${process.version}, ${process.platform}-${process.arch}`;
  if (!process.env.DATABASE_URL) {
    embeddedPackage();
    chooseUser();
  }
  return fine('environment', about, about);
}

function unwritable(path: string): Fault {
  return new Fault('data_folder_unwritable', {
    ko: `데이터 폴더에 쓸 수 없습니다: ${path}. 소유자와 권한을 고치거나, HAEDAP_DATA로 쓸 수 있는 폴더를 지정하세요.`,
    en: `The data folder ${path} is not writable. Correct its owner and mode, or name a writable folder with HAEDAP_DATA.`,
  });
}

/** Looks without making the folder. */
function dataFolder(path: string): Finding {
  const nearest = existsSync(path) ? path : nearestParent(path);
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw unwritable(nearest);
  }
  const mark = readMark(path);
  if (mark && mark.format > DATA_FORMAT) {
    throw new Fault('data_folder_newer', {
      ko: `더 새로운 Haedap(${mark.version})이 만든 폴더입니다. 그 버전 이상으로 시작하세요.`,
      en: `A newer Haedap (${mark.version}) made it. Start with that version or a later one.`,
    });
  }
  const { bavail, bsize } = statfsSync(nearest);
  const free = `${Math.round((bavail * bsize) / 1e6)} MB`;
  if (bavail * bsize < 1e9)
    return note('data folder', `${path}, 남은 공간 ${free}: 곧 가득 찹니다`, `${path}, only ${free} free`);
  return fine('data folder', `${path}, 남은 공간 ${free}`, `${path}, ${free} free`);
}

function nearestParent(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) ? parent : nearestParent(parent);
}

async function server(config: DatabaseConfig): Promise<Finding> {
  const facts = await serverFacts(config);
  checkServer(facts, new Date());
  const waiting = await waitingMigrations(config);
  const about = `PostgreSQL ${facts.versionText}, ${shownAddress(config)}`;
  if (waiting.length === 0) return fine('database', about, about);
  return note(
    'database',
    `${about}: 적용할 변경 ${waiting.length}건 (다음 시작 때 적용됩니다)`,
    `${about}: ${waiting.length} changes to apply (the next start does)`,
  );
}

async function database(path: string): Promise<Finding> {
  const url = process.env.DATABASE_URL;
  if (url) return server(parseDatabaseUrl(url));
  if (!readMark(path)) return note('database', '아직 없습니다: npm start가 만듭니다', 'none yet: npm start makes it');
  const folder = folderAt(path);
  const connection = await runningPostgres(folder);
  return connection ? server(connection) : stopped(folder);
}

function stopped(folder: DataFolder): Finding {
  const cluster = locateCluster(folder);
  if (!existsSync(cluster.path))
    return note('database', '아직 없습니다: npm start가 만듭니다', 'none yet: npm start makes it');
  checkClusterVersion(cluster, EMBEDDED_MAJOR);
  const complaint = lastComplaint(folder);
  const last = complaint ? ` (${complaint})` : '';
  if (wasInterrupted(cluster)) {
    return note(
      'database',
      `꺼져 있고, 갑자기 끝났었습니다: 다음 시작 때 저절로 복구합니다${last}`,
      `not running, and it ended abruptly: the next start recovers it${last}`,
    );
  }
  return fine('database', `꺼져 있습니다: ${cluster.path}`, `not running: ${cluster.path}`);
}

/** The last serious line of the database's log. */
function lastComplaint(folder: DataFolder): string | null {
  const log = folder.file('postgres.log');
  if (!existsSync(log)) return null;
  const lines = readFileSync(log, 'utf8').slice(-20_000).split('\n');
  return (
    lines.findLast((line) => /PANIC|FATAL/.test(line) && !/shutting down|starting up|administrator/.test(line)) ?? null
  );
}

async function running(path: string): Promise<Finding> {
  const holder = readMark(path) ? await holderOf(folderAt(path)) : null;
  if (!holder) return note('process', '실행 중이 아닙니다', 'not running');
  const about = `${holder.purpose}, pid ${holder.pid}${holder.url ? `, ${holder.url}` : ''}`;
  return fine('process', about, about);
}

function clock(path: string): Finding {
  const now = new Date();
  if (readMark(path)) checkClock(folderAt(path), now);
  return fine('clock', now.toISOString(), now.toISOString());
}

function screens(): Finding {
  if (isWebFresh(ROOT)) return fine('screens', '빌드되어 있습니다', 'built');
  accessSync(existsSync(join(ROOT, 'dist')) ? join(ROOT, 'dist') : ROOT, constants.W_OK);
  return note('screens', '다음 시작 때 빌드합니다', 'the next start builds them');
}

/** All that Haedap stands on. Changes nothing. */
export function examine(): Promise<Finding[]> {
  const path = dataPath(ROOT);
  return Promise.all([
    check('environment', environment),
    check('clock', () => clock(path)),
    check('data folder', () => dataFolder(path)),
    check('process', () => running(path)),
    check('database', () => database(path)),
    check('screens', screens),
  ]);
}

const MARKS = { fine: '✓', note: '·', wrong: '✗' };

/** `haedap doctor`: what is wrong and what to do; exit code 1 when something is. */
export const doctorCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, { json: { type: 'boolean', default: false } });
  const findings = await examine();
  const healthy = findings.every((finding) => finding.state !== 'wrong');
  if (values.json) process.stdout.write(`${JSON.stringify({ ok: healthy, findings })}\n`);
  else for (const { part, state, words } of findings) process.stdout.write(`${MARKS[state]} ${part}: ${both(words)}\n`);
  return healthy ? 0 : 1;
};
