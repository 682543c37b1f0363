import { type Kysely, sql } from 'kysely';
import type { Open } from '#platform/scope.ts';
import { textOf } from '../rules/import/cell.ts';
import { ROW_REASONS, type RowReason, reasonText } from '../rules/import/reasons.ts';
import type { OpenTable, TableCell } from './import/table.ts';
import { writeXlsx } from './import/write-xlsx.ts';
import { SHEETS } from './import-plan.ts';
import { keepParts } from './import-store.ts';

/** The words of a kept reason. */
export const wordsOf = (row: { code: string; about: string | null; seen: string | null }) =>
  reasonText(ROW_REASONS[row.code as RowReason] ?? ROW_REASONS.refused, {
    about: row.about ?? undefined,
    seen: row.seen ?? undefined,
  });

/** Excel would run it as a formula. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !/^-?[\d,.]+$/.test(text) ? `'${text}` : text);

/** The workbook of failed rows has no merges: texts of a merged cell stand on each of its rows, numbers once. */
const shownAbove = (cell: TableCell): TableCell =>
  typeof cell === 'string' && !/^[\d,.]{1,9}$/.test(cell) ? cell : undefined;

/** Writes the failed rows as they stand in the file, with the reason in a last column, for the person to correct. */
export async function keepFailures(db: Kysely<Open>, id: string, table: OpenTable, headerRow: number): Promise<number> {
  const any = await db
    .selectFrom('order_import_problem')
    .select('row_no')
    .where('import_id', '=', id)
    .limit(1)
    .execute();
  if (any.length === 0) return 0;
  return keepParts(db, id, 'failed', writeXlsx('등록하지 못한 행', failedRows(db, id, table, headerRow)));
}

async function* failedRows(
  db: Kysely<Open>,
  id: string,
  table: OpenTable,
  headerRow: number,
): AsyncGenerator<string[]> {
  let width = 0;
  for await (const batch of table.rows(SHEETS)) {
    const first = batch[0]?.no ?? 0;
    const reasons = await reasonsFor(db, id, first, batch.at(-1)?.no ?? first);
    for (const { no, cells, above } of batch) {
      const texts = Array.from({ length: Math.max(cells.length, above?.length ?? 0) }, (_, at) =>
        inert(textOf(cells[at] ?? shownAbove(above?.[at]))),
      );
      if (no === headerRow) width = texts.length;
      const reason = no === headerRow ? '등록하지 못한 이유' : reasons.get(no);
      if (reason === undefined) continue;
      yield [...texts, ...new Array<string>(Math.max(0, width - texts.length)).fill(''), reason];
    }
  }
}

async function reasonsFor(db: Kysely<Open>, id: string, from: number, to: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ no: number; code: string; about: string | null; seen: string | null }>`
    select row_no as no, code, about, seen from order_import_problem
    where import_id = ${id} and row_no between ${from} and ${to}`.execute(db);
  return new Map(rows.map((row) => [row.no, wordsOf(row).ko]));
}
