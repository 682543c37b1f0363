/** A cell, as `rules/import/cell.ts` reads it: numbers keep the literal of the file. */
export type TableCell = string | { number: string } | { formula: true } | { error: string } | undefined;
/** `above`: by column, the value of a merged cell that begins in an earlier row. */
export type TableRow = { no: number; cells: TableCell[]; above?: TableCell[] };

/** Why a file is not read at all; the codes are those of `rules/import/reasons.ts`. */
export class TableFault extends Error {
  readonly code: 'password_needed' | 'bad_password' | 'not_a_table' | 'too_large';
  readonly about: string;
  constructor(code: TableFault['code'], about = '') {
    super(`${code} ${about}`.trim());
    this.code = code;
    this.about = about;
  }
}

/** A file, open: what it is, its sheets, and its rows in batches, in constant memory. */
export type OpenTable = {
  container: 'xlsx' | 'xls' | 'html' | 'csv';
  date1904: boolean;
  /** Rows of the first sheet that has one of these names, else of the first sheet. */
  rows: (sheets: readonly string[]) => AsyncIterable<TableRow[]>;
  close: () => Promise<void>;
};

/** More than a sheet of Excel can hold, or than anybody exports. */
export const MOST_ROWS = 1_048_577;
export const MOST_COLUMNS = 512;
export const MOST_CELL = 32_767;
