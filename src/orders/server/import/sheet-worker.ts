import { parentPort, workerData } from 'node:worker_threads';
import iconv from 'iconv-lite';
import officeCrypto from 'officecrypto-tool';
import * as xlsx from 'xlsx';
import { type Merges, mergesOf } from './merged-cells.ts';
import type { TableCell } from './table.ts';

/** What the worker is asked: to decrypt a workbook, or to read an old .xls or an HTML table. Ends with one message. */
export type SheetTask = { bytes: Uint8Array; password?: string; html?: string };
export type SheetAnswer =
  | { bytes: Uint8Array }
  | { sheets: { name: string; rows: TableCell[][]; merges: Merges }[]; date1904: boolean };

const { bytes, password, html } = workerData as SheetTask;

if (password !== undefined) {
  const plain = await officeCrypto.decrypt(Buffer.from(bytes), { password });
  parentPort?.postMessage({ bytes: new Uint8Array(plain) } satisfies SheetAnswer);
} else {
  const book =
    html === undefined
      ? xlsx.read(bytes, { type: 'array', dense: true })
      : xlsx.read(html, { type: 'string', raw: true, dense: true });
  const sheets = book.SheetNames.map((name) => ({
    name,
    rows: rowsOf(book.Sheets[name]),
    merges: mergesOf(
      (book.Sheets[name]?.['!merges'] ?? []).map(({ s, e }) => ({ from: s.r + 1, to: e.r + 1, column: s.c })),
    ),
  }));
  parentPort?.postMessage({ sheets, date1904: book.Workbook?.WBProps?.date1904 === true } satisfies SheetAnswer);
}

function rowsOf(sheet: xlsx.WorkSheet | undefined): TableCell[][] {
  const dense =
    (sheet as unknown as { '!data'?: xlsx.CellObject[][] })?.['!data'] ?? (sheet as unknown as xlsx.CellObject[][]);
  const rows = Array.from(dense ?? [], (cells) => Array.from(cells ?? [], cellOf));
  const latin = rows
    .slice(0, 15)
    .flat()
    .filter(
      (cell) =>
        typeof cell === 'string' && /[\u0080-\u00ff]{2}/.test(cell) && ![...cell].some((sign) => sign > '\u00ff'),
    );
  return latin.length > 2 ? rows.map((cells) => cells.map(undoLatin1)) : rows;
}

function cellOf(cell: xlsx.CellObject | undefined): TableCell {
  if (!cell) return undefined;
  if (cell.t === 'e') return { error: cell.w ?? '#ERR' };
  if (cell.v === undefined) return cell.f ? { formula: true } : undefined;
  return cell.t === 'n' ? { number: String(cell.v) } : String(cell.v);
}

/** A BIFF file without a code page: its CP949 bytes were taken for Latin-1. */
function undoLatin1(cell: TableCell): TableCell {
  if (typeof cell !== 'string' || !/[\u0080-\u00ff]/.test(cell)) return cell;
  return iconv.decode(Buffer.from(cell, 'latin1'), 'cp949');
}
