/**
 * A cell as the file has it: a text stays a string; a number keeps the literal of the file, never the double that it
 * makes; `formula` is one without a stored value, `error` is `#N/A` and its like.
 */
export type Cell = string | { number: string } | { formula: true } | { error: string } | undefined;

/**
 * One row of a sheet or record of a text file; `no` counts from 1, headings and guide rows counted. `above`: by column,
 * the value of a merged cell that begins in an earlier row.
 */
export type Row = { no: number; cells: readonly Cell[]; above?: readonly Cell[] };

/** Why a cell cannot be taken. */
export type CellFault = 'lost_digits' | 'bad_number' | 'bad_quantity' | 'bad_date' | 'bad_phone' | 'formula';

/** A value, null for an empty cell, or why there is none. */
export type Read<T> = { value: T | null } | { fault: CellFault };

/** Digits that Excel keeps of a number (IEEE 754 double, cut to 15). */
const KEPT_DIGITS = 15;
const EXPONENT = /^([+-]?)(\d+)(?:\.(\d*))?[eE]([+-]?\d+)$/;
/** A number that large is a typing error or an attack: it is never written out. */
const MOST_EXPONENT = 30;

export const isFault = <T>(read: Read<T>): read is { fault: CellFault } => 'fault' in read;

/** The cell as people see it: for headings, free texts, and to show it. */
export function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim();
  if ('number' in cell) return plainNumber(cell.number);
  return 'error' in cell ? cell.error : '';
}

export const isBlank = (cell: Cell): boolean =>
  cell === undefined || (typeof cell === 'string' ? cell.trim() === '' : 'number' in cell && cell.number === '');

/** A formula without a stored value and an error cell hold nothing to read. */
export const isBroken = (cell: Cell): boolean =>
  cell !== undefined && typeof cell !== 'string' && ('formula' in cell || 'error' in cell);

/** `2.569834423E9` and `12.0` without exponent and `.0`, exactly; anything else as it stands. */
function plainNumber(literal: string): string {
  const plain = expand(literal);
  return plain === null ? literal : plain.replace(/\.0+$/, '');
}

/** The decimal notation of a literal with an exponent, digit by digit; null when it has none or is out of all reason. */
function expand(literal: string): string | null {
  const found = EXPONENT.exec(literal);
  if (!found) return /^[+-]?\d+(\.\d+)?$/.test(literal) ? literal : null;
  const [, sign = '', whole = '', part = '', power = '0'] = found;
  const exponent = Number(power);
  if (Math.abs(exponent) > MOST_EXPONENT) return null;
  const digits = whole + part;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const padded = digits.padEnd(point, '0');
  const rest = padded.slice(point).replace(/0+$/, '');
  return `${sign === '-' ? '-' : ''}${padded.slice(0, point).replace(/^0+(?=\d)/, '')}${rest ? `.${rest}` : ''}`;
}

/**
 * An id. A numeric cell of 16 and more digits that comes with an exponent, or with zeros only after the 15th, was cut
 * by Excel: `lost_digits`, never repaired. A text stands as it is, unless it is an exponent that hides digits.
 */
export function readId(cell: Cell): Read<string> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  if (typeof cell === 'string') return readIdText(cell.trim());
  const literal = (cell as { number: string }).number;
  const plain = plainNumber(literal);
  if (!/^\d+$/.test(plain)) return { value: literal };
  const cut = plain.length > KEPT_DIGITS && (/[eE.]/.test(literal) || /^0+$/.test(plain.slice(KEPT_DIGITS)));
  return cut ? { fault: 'lost_digits' } : { value: plain };
}

function readIdText(given: string): Read<string> {
  const text = given.replace(/^'/, '').trim();
  if (text === '') return { value: null };
  const found = EXPONENT.exec(text);
  if (!found) return { value: /^\d{1,15}\.0+$/.test(text) ? text.replace(/\.0+$/, '') : text };
  const [, , whole = '', part = '', power = '0'] = found;
  // A text shows the exponent as it was displayed: what stands behind the shown digits is gone.
  const plain = expand(text);
  const shown = (whole + part).length;
  const needed = whole.length + Number(power);
  if (plain === null || !/^\d+$/.test(plain) || shown < needed || plain.length > KEPT_DIGITS)
    return { fault: 'lost_digits' };
  return { value: plain };
}

/** Integer won. `-` and empty are null, `(1,000)` is negative; a fraction of a won is no amount. */
export function readWon(cell: Cell): Read<number> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  const raw = textOf(cell)
    .replace(/[\s,₩￦\\]|원$/g, '')
    .replace(/원$/, '');
  if (raw === '' || raw === '-') return { value: null };
  const inside = /^\((.*)\)$/.exec(raw);
  const number = expand(inside ? `-${inside[1]}` : raw);
  if (number === null) return { fault: 'bad_number' };
  const won = Math.round(Number(number));
  // Sums that Excel computed come with the dust of binary fractions: 12900.000000000002.
  if (!Number.isSafeInteger(won) || Math.abs(won) > 1e12 || Math.abs(Number(number) - won) > 1e-6)
    return { fault: 'bad_number' };
  return { value: won === 0 ? 0 : won };
}

/** A positive whole number of pieces; an empty cell is not 0. */
export function readQuantity(cell: Cell): Read<number> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  const text = textOf(cell)
    .replace(/[\s,]/g, '')
    .replace(/(개|EA|ea|점|건)$/, '');
  const number = expand(text)?.replace(/\.0+$/, '') ?? text;
  const value = Number(number);
  return /^\+?\d{1,4}$/.test(number) && value > 0 && value <= 1_000 ? { value } : { fault: 'bad_quantity' };
}
