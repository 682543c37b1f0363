import { once } from 'node:events';
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

const ENOUGH = 1_500_000;

/** `tables`: columns of each table, in the order in which the tables are filled. */
export function copierInto(client: pg.PoolClient, tables: Record<string, readonly string[]>): Copier {
  let gathered = new Map<string, string[]>();
  let size = 0;
  let sending: Promise<void> = Promise.resolve();

  async function send(batch: Map<string, string[]>): Promise<void> {
    for (const [table, columns] of Object.entries(tables)) {
      const lines = batch.get(table);
      if (!lines) continue;
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      for (let i = 0; i < lines.length; i += 500) {
        if (!stream.write(lines.slice(i, i + 500).join(''))) await once(stream, 'drain');
      }
      stream.end();
      await finished(stream);
    }
  }

  return {
    add(table, rows) {
      let lines = gathered.get(table);
      if (!lines) {
        lines = [];
        gathered.set(table, lines);
      }
      for (const row of rows) {
        const line = lineOf(row);
        size += line.length;
        lines.push(line);
      }
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
