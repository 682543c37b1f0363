import { open, readFile, writeFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import iconv from 'iconv-lite';
import officeCrypto from 'officecrypto-tool';
import { MergedCells, mergesOf } from './merged-cells.ts';
import type { SheetAnswer, SheetTask } from './sheet-worker.ts';
import { MOST_COLUMNS, type OpenTable, TableFault } from './table.ts';
import { openText } from './text-table.ts';
import { openXlsx } from './xlsx-table.ts';

/** Old and encrypted files are held in memory whole: they are smaller than what streams. */
const MOST_WHOLE = 64_000_000;
const WORKER_MS = 60_000;
const WORKER_MB = 768;

/**
 * Opens a file by what it holds, never by its name. `password` is for an encrypted workbook: its plain form then
 * replaces the file at `path`. Throws `TableFault`.
 */
export async function openTable(path: string, password?: string): Promise<OpenTable> {
  const head = await headOf(path);
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return openXlsx(path);
  if (head.readUInt32BE(0) === 0xd0cf11e0) return openOle(path, password);
  const text = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (text.startsWith('<')) return openHtml(path);
  return openText(path);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    if (bytesRead === 0) throw new TableFault('not_a_table');
    return buffer;
  } finally {
    await file.close();
  }
}

async function whole(path: string): Promise<Buffer> {
  const file = await open(path);
  const { size } = await file.stat().finally(() => file.close());
  if (size > MOST_WHOLE) throw new TableFault('too_large', `${MOST_WHOLE / 1_000_000} MB`);
  return readFile(path);
}

async function openOle(path: string, password: string | undefined): Promise<OpenTable> {
  const bytes = await whole(path);
  let encrypted = false;
  try {
    encrypted = officeCrypto.isEncrypted(bytes);
  } catch {
    throw new TableFault('not_a_table');
  }
  if (!encrypted) return sheetsOf('xls', await work({ bytes }, 'not_a_table'));
  if (password === undefined) throw new TableFault('password_needed');
  const plain = await work({ bytes, password }, 'bad_password');
  if (!('bytes' in plain)) throw new TableFault('bad_password');
  await writeFile(path, plain.bytes, { mode: 0o600 });
  return openTable(path);
}

async function openHtml(path: string): Promise<OpenTable> {
  const bytes = await whole(path);
  let html: string;
  try {
    html = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    html = iconv.decode(Buffer.from(bytes), 'cp949');
  }
  if (!/<table[\s>]/i.test(html)) throw new TableFault('not_a_table');
  return sheetsOf('html', await work({ bytes: new Uint8Array(), html }, 'not_a_table'));
}

function sheetsOf(container: 'xls' | 'html', answer: SheetAnswer): OpenTable {
  if (!('sheets' in answer) || answer.sheets.length === 0) throw new TableFault('not_a_table');
  const { sheets, date1904 } = answer;
  return {
    container,
    date1904,
    async *rows(names) {
      const sheet = names.map((name) => sheets.find((it) => it.name === name)).find(Boolean) ?? sheets[0];
      const merged = new MergedCells(sheet?.merges ?? mergesOf([]));
      yield (sheet?.rows ?? []).map((cells, at) => merged.fill({ no: at + 1, cells: cells.slice(0, MOST_COLUMNS) }));
    },
    close: async () => undefined,
  };
}

/** Runs a task in a thread of its own that may take so much memory and time and no more. */
async function work(task: SheetTask, fault: TableFault['code']): Promise<SheetAnswer> {
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MB },
    env: {},
  });
  try {
    return await new Promise<SheetAnswer>((found, fail) => {
      const late = setTimeout(() => fail(new TableFault('too_large', `${WORKER_MS / 1_000} s`)), WORKER_MS);
      const end = (error: TableFault) => {
        clearTimeout(late);
        fail(error);
      };
      worker.once('message', (answer: SheetAnswer) => {
        clearTimeout(late);
        found(answer);
      });
      worker.once('error', (error: Error & { code?: string }) =>
        end(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new TableFault('too_large', `${WORKER_MB} MB`)
            : new TableFault(fault),
        ),
      );
      worker.once('exit', () => end(new TableFault(fault)));
    });
  } finally {
    await worker.terminate();
  }
}
