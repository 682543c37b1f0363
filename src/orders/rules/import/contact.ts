import { type Cell, isBlank, isBroken, type Read, textOf } from './cell.ts';

/** What a cell of a phone holds: at most two numbers (`a / b`). */
export type Phones = { first: string | null; second: string | null };

/**
 * Phone numbers, kept as they are written; a leading 0 that a numeric cell lost is put back. `-` and a cell of zeros
 * are empty; what has no digits of a phone is `bad_phone`.
 */
export function readPhones(cell: Cell): Read<Phones> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  const text = textOf(cell).replace(/^'/, '');
  if (/^[-\s0]*$/.test(text) || /^(없음|해당없음|null)$/i.test(text)) return { value: null };
  const numeric = typeof cell !== 'string';
  const found = text.split(/\s*\/\s*|\s*,\s*/).filter((part) => !/^[-\s]*$/.test(part));
  const phones = found.slice(0, 2).map((part) => onePhone(part, numeric));
  if (phones.length === 0 || phones.includes(null)) return { fault: 'bad_phone' };
  return { value: { first: phones[0] ?? null, second: phones[1] ?? null } };
}

function onePhone(text: string, numeric: boolean): string | null {
  const given = text.trim();
  if (/[^\d\s().+-]/.test(given)) return null;
  const foreign = /^\+?82[\s-]?/.exec(given);
  const digits = given.replace(/\D/g, '');
  if (foreign && digits.length >= 11) {
    const rest = digits.slice(2);
    return withHyphens(rest.startsWith('0') ? rest : `0${rest}`);
  }
  const whole = restored(digits, numeric);
  if (whole.length < 8 || whole.length > 13) return null;
  return whole === digits && !numeric ? given : withHyphens(whole);
}

/** `1012345678` is 010-1234-5678 anywhere; other lost zeros are believed in numeric cells only. */
function restored(digits: string, numeric: boolean): string {
  if (/^10\d{8}$/.test(digits)) return `0${digits}`;
  const lost = /^(1[16789]\d{7,8}|50\d{9}|2\d{7,8}|[3-6]\d{8,9}|70\d{8})$/;
  return numeric && lost.test(digits) ? `0${digits}` : digits;
}

function withHyphens(digits: string): string {
  const shape = /^(02)(\d{3,4})(\d{4})$|^(050\d)(\d{4})(\d{4})$|^(0\d{2})(\d{3,4})(\d{4})$/.exec(digits);
  return shape ? shape.slice(1).filter(Boolean).join('-') : digits;
}

export const digitsOf = (phone: string | null | undefined): string => (phone ?? '').replace(/\D/g, '');

/** A postcode: five digits (a numeric cell gets its zeros back), or an old one as `123-456`. Anything else as it stands. */
export function readPostcode(cell: Cell): Read<string> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  const text = textOf(cell).replace(/^'/, '');
  if (/^-*$/.test(text)) return { value: null };
  if (typeof cell !== 'string' && /^\d{1,5}$/.test(text)) return { value: text.padStart(5, '0') };
  return { value: /^\d{6}$/.test(text) ? `${text.slice(0, 3)}-${text.slice(3)}` : text.slice(0, 10) };
}
