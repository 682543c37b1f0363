import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS, type OpenTable, TableFault, type TableRow } from './table.ts';

/** A record this long is no record: a quote was never closed, or the file is no table. */
const MOST_RECORD = 1_000_000;

/** Opens CSV or TSV: UTF-8 if all of it is, UTF-16 by its mark, else CP949, of which TextDecoder knows only EUC-KR. */
export async function openText(path: string): Promise<OpenTable> {
  const encoding = await encodingOf(path);
  return {
    container: 'csv',
    date1904: false,
    rows: () => textRows(path, encoding),
    close: async () => undefined,
  };
}

async function encodingOf(path: string): Promise<string> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0).finally(() => file.close());
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of createReadStream(path)) {
      if ((part as Buffer).includes(0)) throw new TableFault('not_a_table');
      utf8.decode(part as Buffer, { stream: true });
    }
    utf8.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TableFault) throw error;
    return 'cp949';
  }
}

async function* textRows(path: string, encoding: string): AsyncGenerator<TableRow[]> {
  const decoder = iconv.getDecoder(encoding);
  let records: Records | null = null;
  for await (const part of createReadStream(path, { highWaterMark: 256_000 })) {
    const text = decoder.write(part as Buffer);
    records ??= new Records(delimiterOf(text));
    records.write(text);
    if (records.rows.length > 0) yield records.take();
  }
  if (!records) return;
  records.end(decoder.end() ?? '');
  yield records.take();
}

/** The delimiter that the first lines hold most often. */
function delimiterOf(text: string): string {
  const lines = text
    .split(/\r?\n/, 20)
    .join('\n')
    .replace(/"[^"]*"/g, '');
  const counts = [',', '\t', ';', '|'].map((mark) => [mark, lines.split(mark).length] as const);
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

/** Splits text into records (RFC 4180, any line end), across the borders of its parts. */
class Records {
  rows: TableRow[] = [];
  private readonly mark: string;
  private no = 0;
  private cells: string[] = [];
  private field = '';
  private quoted = false;
  /** A quote was seen inside quotes: it is doubled, or it ends them. */
  private closing = false;
  private afterReturn = false;
  constructor(mark: string) {
    this.mark = mark;
  }

  take(): TableRow[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  write(text: string): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at] as string;
      if (this.quoted && !this.closing) {
        if (sign !== '"') continue;
        this.field += text.slice(from, at);
        from = at + 1;
        this.closing = true;
        continue;
      }
      if (this.closing) {
        this.closing = false;
        if (sign === '"') {
          this.field += '"';
          from = at + 1;
          continue;
        }
        this.quoted = false;
      }
      if (sign === this.mark || sign === '\n' || sign === '\r') {
        this.endField(text.slice(from, at));
        from = at + 1;
        if (sign !== this.mark) this.endRecord(sign);
        else this.afterReturn = false;
      } else if (sign === '"' && this.field === '' && text.slice(from, at).trim() === '') {
        this.quoted = true;
        from = at + 1;
      }
    }
    this.field += text.slice(from);
    if (this.field.length > MOST_RECORD) throw new TableFault('not_a_table');
  }

  private endField(rest: string): void {
    const text = this.field + rest;
    this.field = '';
    // `="00123"` is how exports keep Excel from changing a number.
    const kept = /^="(.*)"$/s.exec(text)?.[1] ?? text;
    if (this.cells.length < MOST_COLUMNS) this.cells.push(kept.slice(0, MOST_CELL));
  }

  private endRecord(sign: string): void {
    const wasReturn = this.afterReturn;
    this.afterReturn = sign === '\r';
    // The second half of CR LF ends nothing.
    if (sign === '\n' && wasReturn && this.cells.length === 1 && this.cells[0] === '') {
      this.cells = [];
      return;
    }
    this.no += 1;
    if (this.no > MOST_ROWS) throw new TableFault('too_large', `${MOST_ROWS - 1} rows`);
    this.rows.push({ no: this.no, cells: this.cells });
    this.cells = [];
  }

  end(rest: string): void {
    this.write(rest);
    if (this.quoted && !this.closing) throw new TableFault('not_a_table');
    if (this.field === '' && this.cells.length === 0) return;
    this.endField('');
    this.endRecord('\n');
  }
}
