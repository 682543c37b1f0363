import { mallOf } from './carriers.ts';
import {
  type Cell,
  isBlank,
  isBroken,
  isFault,
  type Read,
  type Row,
  readId,
  readQuantity,
  readWon,
  textOf,
} from './cell.ts';
import { readPhones, readPostcode } from './contact.ts';
import { readInstant } from './date.ts';
import { headingIn, type Plan } from './plan.ts';
import {
  type Field,
  ID_FIELDS,
  OWN_FIELDS,
  PHONE_FIELDS,
  TEXT_FIELDS,
  type TextField,
  TIME_FIELDS,
  WON_FIELDS,
} from './preset.ts';
import type { Problem } from './reasons.ts';

/** Values of one row; a key that is not there has no column or an empty cell. */
export type Facts = Partial<Record<Exclude<Field, (typeof WON_FIELDS)[number] | 'qty'>, string>> &
  Partial<Record<(typeof WON_FIELDS)[number] | 'qty', number>>;

/** A row of the file, read: the order that it belongs to (null when its number cannot be read), and what is wrong. */
export type ReadRow = {
  no: number;
  mall: string | null;
  facts: Facts;
  problems: Problem[];
  /** Columns that no field reads, by heading (excel.md §0.1: sheets for waybills need them again). */
  rest?: Record<string, string>;
};

/** What a row is, if it is no order line: a helper or repeated heading row, a blank one, a sum, a re-send. */
export type Skipped = { no: number; skipped: 'blank' | 'helper' | 'footer' | 'resend' };

const HELPER = /^(수정\s?(가능|불가)|필수|선택|입력\s?가능|입력\s?불가)$/;
const FOOTER =
  /^(총\s?)?(합\s?계|소\s?계|총\s?계|누\s?계|총\s?(금액|수량)|계|total|sum|subtotal|grand total)\s*[:：]?/i;
/** Cells that hold personal data are never repeated in a message. */
const SHOWN = new Set<Field>([...ID_FIELDS, ...WON_FIELDS, ...TIME_FIELDS, 'qty', 'mallWord']);
const MOST_TEXT = 500;

/** Reads one row below the headings. Never throws, whatever the cells hold. */
export function readRow(plan: Plan, row: Row): ReadRow | Skipped {
  const skipped = skipOf(plan, row);
  if (skipped) return { no: row.no, skipped };
  const read: ReadRow = { no: row.no, mall: null, facts: {}, problems: [] };
  const reader = new RowReader(plan, row, read);
  for (const field of ID_FIELDS) reader.take(field, readId);
  for (const field of TEXT_FIELDS as readonly TextField[]) reader.text(field);
  for (const field of WON_FIELDS) reader.won(field);
  reader.take('qty', readQuantity);
  for (const field of TIME_FIELDS) reader.time(field);
  for (const field of PHONE_FIELDS) reader.phone(field);
  reader.take('postcode', readPostcode);
  if (plan.preset.skipKinds?.test(read.facts.orderKind ?? '')) return { no: row.no, skipped: 'resend' };
  reader.mall();
  const rest = restOf(plan, row);
  return rest ? { ...read, rest } : read;
}

function restOf({ rest, header }: Plan, { cells }: Row): Record<string, string> | null {
  let found: Record<string, string> | null = null;
  for (const column of rest) {
    const cell = cells[column];
    if (isBlank(cell) || isBroken(cell)) continue;
    const heading = header.headings[column] as string;
    found ??= {};
    // A heading that stands twice: the first filled cell wins, as for fields.
    found[heading] ??= textOf(cell).slice(0, MOST_TEXT);
  }
  return found;
}

function skipOf(plan: Plan, row: Row): Skipped['skipped'] | null {
  const filled = plan.used.filter((column) => !isBlank(row.cells[column]));
  if (filled.length === 0) return 'blank';
  const texts = filled.map((column) => textOf(row.cells[column]));
  if (texts.every((text) => HELPER.test(text))) return 'helper';
  if (filled.length > 2 && filled.every((column, at) => texts[at] === plan.header.headings[column])) return 'helper';
  const names: Field[] = ['orderNo', 'lineId', 'sku', 'name', 'receiverName', 'customerName', 'productNo'];
  const named = names.filter((field) =>
    plan.columns[field]?.parts.flat().some((at) => !isBlank(row.cells[at]) || !isBlank(mergedAt(plan, row, at))),
  );
  const sums = row.cells.some(isFooterCell);
  // A sum has its label somewhere and names neither order nor product beside it.
  if (sums && named.filter((field) => !isLabelOnly(plan, row, field)).length === 0) return 'footer';
  if (named.length === 0) return 'footer';
  return filled.length === 1 && (texts[0] ?? '').length > 20 ? 'helper' : null;
}

const isFooterCell = (cell: Cell): boolean => typeof cell === 'string' && FOOTER.test(cell.trim()) && cell.length < 20;

const isLabelOnly = (plan: Plan, row: Row, field: Field): boolean =>
  (plan.columns[field]?.parts.flat() ?? []).every((at) => isBlank(row.cells[at]) || isFooterCell(row.cells[at]));

/** The value of a merged cell of an earlier row; a heading that is merged downwards is none. */
function mergedAt(plan: Plan, { above }: Row, column: number): Cell {
  const cell = above?.[column];
  return cell !== undefined && textOf(cell).normalize('NFC') === plan.header.headings[column] ? undefined : cell;
}

class RowReader {
  readonly plan: Plan;
  readonly row: Row;
  readonly read: ReadRow;
  constructor(plan: Plan, row: Row, read: ReadRow) {
    this.plan = plan;
    this.row = row;
    this.read = read;
  }

  /** The first filled cell of each part of a field. */
  private cells(field: Field): Cell[] {
    const columns = this.plan.columns[field];
    if (!columns) return [];
    return columns.parts.flatMap((part) => {
      for (const column of part) if (!isBlank(this.row.cells[column])) return [this.row.cells[column]];
      if (!this.row.above || OWN_FIELDS.has(field)) return [];
      const above = part.map((column) => mergedAt(this.plan, this.row, column)).find((cell) => !isBlank(cell));
      return above === undefined ? [] : [above];
    });
  }

  private put(field: Field, value: string | number | null): void {
    if (value !== null && value !== '') Object.assign(this.read.facts, { [field]: value });
  }

  private fail(field: Field, code: Problem['code'], cell: Cell): void {
    const seen = SHOWN.has(field) ? textOf(cell).slice(0, 40) : undefined;
    this.read.problems.push({ code, about: headingIn(this.plan, field), seen });
  }

  take(field: Field, how: (cell: Cell) => Read<string | number>): void {
    const cell = this.cells(field)[0];
    const read = how(cell);
    if (isFault(read)) this.fail(field, read.fault, cell);
    else this.put(field, read.value);
  }

  text(field: TextField) {
    const cells = this.cells(field);
    const broken = cells.find(isBroken);
    if (broken) return this.fail(field, 'formula', broken);
    const kind = this.plan.columns[field]?.kind;
    const texts = (kind === 'join' ? cells : cells.slice(0, 1)).map(textOf).filter((text) => text !== '');
    const glue = field === 'optionText' ? ' / ' : ' ';
    this.put(field, texts.join(glue).slice(0, MOST_TEXT));
  }

  won(field: (typeof WON_FIELDS)[number]) {
    const columns = this.plan.columns[field];
    if (!columns) return;
    let sum: number | null = null;
    const cells = this.cells(field);
    for (const cell of columns.kind === 'sum' ? cells : cells.slice(0, 1)) {
      const read = readWon(cell);
      if (isFault(read)) return this.fail(field, read.fault, cell);
      if (read.value === null) continue;
      if (read.value < 0) return this.fail(field, 'bad_number', cell);
      sum = (sum ?? 0) + read.value;
    }
    this.put(field, sum);
  }

  time(field: (typeof TIME_FIELDS)[number]) {
    const cells = this.cells(field);
    // A CSV that Excel saved with a narrow column: the day is in the order's number (cafe24), or nowhere.
    const hidden = cells.length > 0 && typeof cells[0] === 'string' && /^#+$/.test(cells[0].trim());
    if (hidden) return this.put(field, '####');
    const joined = this.plan.columns[field]?.kind === 'join' && cells.length > 1;
    const cell = joined ? joinedTime(cells, this.plan.date1904) : cells[0];
    const read = readInstant(cell, this.plan.date1904);
    if (isFault(read)) this.fail(field, read.fault, cell);
    else this.put(field, read.value);
  }

  phone(field: (typeof PHONE_FIELDS)[number]) {
    const cell = this.cells(field)[0];
    const read = readPhones(cell);
    if (isFault(read)) return this.fail(field, read.fault, cell);
    this.put(field, read.value?.first ?? null);
    if (field === 'receiverPhone') this.put('receiverPhone2', read.value?.second ?? null);
  }

  /** The mall of the row: its own word, else that of the file. */
  mall(): void {
    const word = this.read.facts.mallWord ?? null;
    this.read.mall = (word === null ? null : mallOf(word)) ?? this.plan.mall;
    if (this.read.mall === null) this.fail('mallWord', word === null ? 'missing_value' : 'unknown_mall', word ?? '');
  }
}

/** Date and time of two columns (이지어드민) as one text. */
function joinedTime(cells: readonly Cell[], date1904: boolean): Cell {
  const day = readInstant(cells[0], date1904);
  const time = cells[1];
  if (isFault(day) || day.value === null) return cells[0];
  const serial = time !== undefined && typeof time !== 'string' && 'number' in time ? Number(time.number) : Number.NaN;
  const seconds = Math.floor(serial * 86_400 + 0.5);
  const clock = Number.isNaN(serial) ? textOf(time) : new Date(seconds * 1_000).toISOString().slice(11, 19);
  return `${day.value.slice(0, 10)} ${clock}`;
}
