import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { diskFull, errorCode, Fault } from './fault.ts';

/** Layout of the data folder. A folder with a higher number was made by a newer Haedap. */
export const DATA_FORMAT = 1;
/** An empty cluster takes 40 MB, the first WAL files 32 MB; less than this and the start would fail half-way. */
const NEEDED_NEW_BYTES = 200_000_000;
const NEEDED_BYTES = 48_000_000;

export type DataFolder = {
  path: string;
  /** Twelve hex digits of its path: names sockets and clusters that lie elsewhere. */
  hash: string;
  file: (name: string) => string;
};

type Mark = { format: number; version: string };

/** Where the data lies: `HAEDAP_DATA`, else `data` below the folder where Haedap was installed. */
export const dataPath = (root: string, env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env.HAEDAP_DATA || join(root, 'data'));

function unwritable(path: string, cause: unknown): Fault {
  return new Fault(
    'data_folder_unwritable',
    {
      ko: `데이터 폴더에 쓸 수 없습니다: ${path}. 폴더의 소유자와 권한을 고치거나, HAEDAP_DATA로 쓸 수 있는 폴더를 지정하세요.`,
      en: `The data folder ${path} is not writable. Correct its owner and mode, or name a writable folder with HAEDAP_DATA.`,
    },
    { cause },
  );
}

function newer(path: string, mark: Mark): Fault {
  return new Fault('data_folder_newer', {
    ko: `데이터 폴더 ${path}는 더 새로운 Haedap(${mark.version})이 만들었습니다. 그 버전 이상으로 올려서 시작하세요. 바뀐 것은 없습니다.`,
    en: `The data folder ${path} was made by a newer Haedap (${mark.version}). Start it with that version or a later one. Nothing was changed.`,
  });
}

/** The mark that Haedap leaves in its data folder, or null in an empty one. */
export function readMark(path: string): Mark | null {
  const file = join(path, 'haedap.json');
  if (!existsSync(file)) return null;
  try {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as Mark;
    if (Number.isInteger(mark.format)) return mark;
  } catch (error) {
    if (errorCode(error)) throw unwritable(path, error);
  }
  throw new Fault('data_folder_foreign', {
    ko: `${file}을 읽을 수 없습니다. Haedap의 데이터 폴더가 아니거나 파일이 망가졌습니다. HAEDAP_DATA를 확인하세요.`,
    en: `${file} cannot be read: this is no data folder of Haedap, or the file is damaged. Check HAEDAP_DATA.`,
  });
}

function makeFolder(path: string): void {
  try {
    // Root's folder may be entered, so that the unprivileged database server reaches its part of it.
    mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw errorCode(error) === 'ENOSPC' ? diskFull(path, error) : unwritable(path, error);
  }
}

function checkSpace(path: string, fresh: boolean): void {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < (fresh ? NEEDED_NEW_BYTES : NEEDED_BYTES)) throw diskFull(path);
}

/** A data folder that exists, without looking into it. */
export function folderAt(path: string): DataFolder {
  const real = realpathSync(path);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 12);
  return { path: real, hash, file: (name) => join(real, name) };
}

/**
 * Opens the data folder, making it if it is not there. Faults: `data_folder_unwritable`, `data_folder_newer`,
 * `data_folder_foreign`, `disk_full`; a folder that was not there before is not there afterwards either.
 */
export function openDataFolder(path: string, version: string): DataFolder {
  const existed = existsSync(path);
  makeFolder(path);
  try {
    const mark = readMark(path);
    if (mark && mark.format > DATA_FORMAT) throw newer(path, mark);
    checkSpace(path, mark === null);
    const folder = folderAt(path);
    if (mark?.version !== version) {
      writeWhole(folder.file('haedap.json'), `${JSON.stringify({ format: DATA_FORMAT, version })}\n`);
    }
    return folder;
  } catch (error) {
    if (!existed) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/** Writes a small file so that a reader, or a crash, sees the old text or the new one. Mode 0600 unless told. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode, flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw errorCode(error) === 'ENOSPC' ? diskFull(file, error) : unwritable(file, error);
  }
}

/** A secret kept in the data folder, made at first use. */
export function keptSecret(folder: DataFolder, name: string): string {
  const file = folder.file(name);
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString('base64url'));
  return readFileSync(file, 'utf8').trim();
}
