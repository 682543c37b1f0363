import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Rows of tables in the text format of COPY. */
export type Batch = Map<string, Uint8Array<ArrayBuffer>>;
/** Gathers rows and sends them on in batches, so that memory stays the same at any size. */
export type Gatherer = {
  add: (table: string, rows: readonly (readonly unknown[])[]) => void;
  /** Sends what has been gathered once it is enough. */
  breathe: () => Promise<void>;
  finish: () => Promise<void>;
};

/** Bytes of a batch. */
const ENOUGH = 4_000_000;
const FIRST_SIZE = 64 * 1024;
/** No character takes more bytes in UTF-8 than this for each unit of a JavaScript string. */
const WIDEST = 3;

/** `send`: takes a batch, and resolves when the next one may follow. */
export function gatherRows(send: (batch: Batch) => Promise<void>): Gatherer {
  // Bytes, and not strings: millions of small strings kept until they are sent are what garbage collection drowns in.
  let gathered = new Map<string, { bytes: Buffer<ArrayBuffer>; used: number }>();
  let size = 0;

  function push(table: string, line: string): void {
    let rows = gathered.get(table);
    if (!rows) {
      rows = { bytes: bufferOf(FIRST_SIZE), used: 0 };
      gathered.set(table, rows);
    }
    if (rows.used + line.length * WIDEST > rows.bytes.length) {
      const larger = bufferOf(Math.max(rows.bytes.length * 2, rows.used + line.length * WIDEST));
      rows.bytes.copy(larger, 0, 0, rows.used);
      rows.bytes = larger;
    }
    const written = rows.bytes.write(line, rows.used);
    rows.used += written;
    size += written;
  }

  async function flush(): Promise<void> {
    const batch: Batch = new Map([...gathered].map(([table, { bytes, used }]) => [table, bytes.subarray(0, used)]));
    gathered = new Map();
    size = 0;
    await send(batch);
  }

  return {
    add(table, rows) {
      for (const row of rows) push(table, lineOf(row));
    },
    breathe: async () => {
      if (size >= ENOUGH) await flush();
    },
    finish: flush,
  };
}

/** Apart from the pool that Node keeps for small buffers: it is handed to another thread whole. */
const bufferOf = (bytes: number): Buffer<ArrayBuffer> => Buffer.from(new ArrayBuffer(bytes));

/** Writes a batch into its tables. `tables`: columns of each, in the order in which they are filled. */
export async function copyBatch(
  client: pg.PoolClient,
  tables: Record<string, readonly string[]>,
  batch: Batch,
): Promise<void> {
  for (const [table, columns] of Object.entries(tables)) {
    const rows = batch.get(table);
    if (!rows) continue;
    const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
    stream.end(rows);
    await finished(stream);
  }
}

function lineOf(row: readonly unknown[]): string {
  let line = '';
  for (let i = 0; i < row.length; i++) line += (i === 0 ? '' : '\t') + field(row[i]);
  return `${line}\n`;
}

/** One value in the text format of COPY. Arrays of strings become arrays, other objects JSON. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return escapeText(`{${value.map((one) => `"${one.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`);
  }
  return escapeText(JSON.stringify(value));
}

const SPECIAL = /[\\\n\r\t]/;
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escapeText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (c) => ESCAPES[c] as string) : text;
