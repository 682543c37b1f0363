import { columnOf } from './sheet-parser.ts';
import { MOST_COLUMNS, MOST_ROWS, type TableCell, type TableRow } from './table.ts';

/** Merges beyond it are left out: their rows are then refused for what they lack. */
const MOST_MERGES = 1_000_000;
/** Longest text of one `<mergeCell>`. */
const TAG = 256;
const REF = /<(?:\w+:)?mergeCell\s[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["'][^>]*>/g;

/** Cells that are merged over several rows, each as one number, so that a million of them take 8 MB. */
export type Merges = Float64Array;
type Merge = { from: number; to: number; column: number };

const SPAN = 2 ** 21;
const packed = ({ from, to, column }: Merge): number => (from * MOST_COLUMNS + column) * SPAN + to;
function unpacked(number: number): Merge {
  const place = Math.floor(number / SPAN);
  return { from: Math.floor(place / MOST_COLUMNS), to: number % SPAN, column: place % MOST_COLUMNS };
}

/** By their first row. Rows count from 1, columns from 0; a merge within one row says nothing of others. */
export function mergesOf(found: Iterable<Merge>): Merges {
  const numbers: number[] = [];
  for (const merge of found) {
    const { from, to, column } = merge;
    if (to > from && from > 0 && to <= MOST_ROWS && column < MOST_COLUMNS && numbers.length < MOST_MERGES)
      numbers.push(packed(merge));
  }
  return Float64Array.from(numbers).sort();
}

/** Merges of a worksheet. They stand behind its rows, so the sheet is gone through once before; nothing of it is parsed. */
export async function readMerges(bytes: AsyncIterable<Buffer>): Promise<Merges> {
  const found: Merge[] = [];
  let rest = '';
  for await (const part of bytes) {
    if (found.length >= MOST_MERGES) continue; // read to its end all the same: what explodes is told there
    const text = rest + part.toString('latin1');
    if (text.includes('mergeCell'))
      for (const [, column = '', from, to] of text.matchAll(REF))
        found.push({ from: Number(from), to: Number(to), column: columnOf(column) });
    // A tag that the parts cut in two.
    rest = text.slice(Math.max(text.lastIndexOf('>') + 1, text.length - TAG));
  }
  return mergesOf(found);
}

/** Lays the value of each merged cell beside the rows below its first one, as `above`. Rows come in order. */
export class MergedCells {
  private readonly merges: Merges;
  private next = 0;
  private open: { merge: Merge; cell: TableCell }[] = [];
  constructor(merges: Merges) {
    this.merges = merges;
  }

  fill(row: TableRow): TableRow {
    this.open = this.open.filter(({ merge }) => merge.to >= row.no);
    const above: TableCell[] = [];
    for (const { merge, cell } of this.open) above[merge.column] = cell;
    for (; this.next < this.merges.length; this.next++) {
      const merge = unpacked(this.merges[this.next] ?? 0);
      if (merge.from > row.no) break;
      const cell = row.cells[merge.column];
      if (merge.from === row.no && cell !== undefined) this.open.push({ merge, cell });
    }
    return above.length > 0 ? { ...row, above } : row;
  }
}
