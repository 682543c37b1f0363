import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Rows on their way into tables: gathered, then sent table by table as COPY, so that memory stays the same at any size. */
export type Copier = {
  add: (table: string, rows: readonly (readonly unknown[])[]) => void;
  /** Sends what has been gathered once it is enough; waits for the batch before, so that both sides work at once. */
  breathe: () => Promise<void>;
  finish: () => Promise<void>;
};

/** Bytes of a batch. */
const ENOUGH = 4_000_000;
const FIRST_SIZE = 64 * 1024;
/** No character takes more bytes in UTF-8 than this for each unit of a JavaScript string. */
const WIDEST = 3;

/** Bytes, and not strings: millions of small strings kept until they are sent are what garbage collection drowns in. */
type Batch = Map<string, { bytes: Buffer; used: number }>;

/** `tables`: columns of each table, in the order in which the tables are filled. */
export function copierInto(client: pg.PoolClient, tables: Record<string, readonly string[]>): Copier {
  let gathered: Batch = new Map();
  let size = 0;
  let sending: Promise<void> = Promise.resolve();

  async function send(batch: Batch): Promise<void> {
    for (const [table, columns] of Object.entries(tables)) {
      const rows = batch.get(table);
      if (!rows) continue;
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      stream.end(rows.bytes.subarray(0, rows.used));
      await finished(stream);
    }
  }

  function push(table: string, line: string): void {
    let rows = gathered.get(table);
    if (!rows) {
      rows = { bytes: Buffer.allocUnsafe(FIRST_SIZE), used: 0 };
      gathered.set(table, rows);
    }
    if (rows.used + line.length * WIDEST > rows.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(rows.bytes.length * 2, rows.used + line.length * WIDEST));
      rows.bytes.copy(larger, 0, 0, rows.used);
      rows.bytes = larger;
    }
    const written = rows.bytes.write(line, rows.used);
    rows.used += written;
    size += written;
  }

  return {
    add(table, rows) {
      for (const row of rows) push(table, lineOf(row));
    },
    async breathe() {
      if (size < ENOUGH) {
        // Lets the stream of the batch before write on.
        await new Promise((next) => setImmediate(next));
        return;
      }
      const batch = gathered;
      gathered = new Map();
      size = 0;
      await sending;
      sending = send(batch);
      sending.catch(() => undefined); // awaited with the next batch, where its error is told
    },
    async finish() {
      await sending;
      await send(gathered);
      gathered = new Map();
    },
  };
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
