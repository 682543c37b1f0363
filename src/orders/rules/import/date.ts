import { type Cell, isBlank, isBroken, type Read, textOf } from './cell.ts';

const KST_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;
/** Day 0 of Excel's 1900 system, as a wall clock. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** Days between the 1904 system of old Macs and the 1900 one. */
const DAYS_1904 = 1_462;

const TEXT = /^(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*(?:일|\.)?(?:[T\s]+(.*))?$/;
const TIME = /^(오전|오후|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(오전|오후|AM|PM)?\s*(.*)$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const ZONE = /^(Z|[+-]\d{2}:?\d{2}|KST.*)?$/;

/**
 * A time, as ISO 8601 at KST: the file's wall clock is KST unless it names its offset. Takes Excel serials between
 * 20000 and 80000, and the texts of excel.md §0.4.
 */
export function readInstant(cell: Cell, date1904 = false): Read<string> {
  if (isBlank(cell)) return { value: null };
  if (isBroken(cell)) return { fault: 'formula' };
  const text = textOf(cell);
  if (text === '-') return { value: null };
  const compact = COMPACT.exec(text);
  if (compact) return built(compact.slice(1).map((part) => Number(part ?? 0)));
  if (/^\d+(\.\d+)?$/.test(text)) return fromSerial(Number(text), date1904);
  return fromText(text);
}

function fromSerial(serial: number, date1904: boolean): Read<string> {
  const days = serial + (date1904 ? DAYS_1904 : 0);
  if (days <= 20_000 || days >= 80_000) return { fault: 'bad_date' };
  // Half a second before cutting: 10:00:00 is kept as 0.41666666…
  const seconds = Math.floor(days * 86_400 + 0.5);
  return { value: isoAt(DAY_ZERO + seconds * 1_000) };
}

function fromText(text: string): Read<string> {
  const found = TEXT.exec(text);
  if (!found) return { fault: 'bad_date' };
  const [, year, month, day, rest = ''] = found;
  const date = [year, month, day].map(Number);
  if (rest.trim() === '') return built([...date, 0, 0, 0]);
  const time = TIME.exec(rest.trim());
  if (!time) return { fault: 'bad_date' };
  const [, before, hour, minute, second = '0', after, tail = ''] = time;
  const hours = onClock(Number(hour), (before ?? after)?.toUpperCase());
  const zone = tail.trim();
  if (hours === null || !ZONE.test(zone)) return { fault: 'bad_date' };
  const wall = built([...date, hours, Number(minute), Number(second)]);
  return 'fault' in wall || zone === '' || zone.startsWith('KST') ? wall : atOffset(wall.value ?? '', zone);
}

function onClock(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === '오후' || half === 'PM' ? 12 : 0);
}

function atOffset(wall: string, zone: string): Read<string> {
  const utc = Date.parse(`${wall.slice(0, 19)}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  return Number.isNaN(utc) ? { fault: 'bad_date' } : { value: isoAt(utc + KST_MS) };
}

function built(parts: readonly number[]): Read<string> {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(at);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return real && year >= 1970 && year < 2100 ? { value: isoAt(at) } : { fault: 'bad_date' };
}

/** A wall clock, given as if it were UTC, as KST. */
const isoAt = (wall: number): string => `${new Date(wall).toISOString().slice(0, 19)}+09:00`;

/** The day that an order number begins with (`20260918-0000099`), midnight KST; null when it begins with none. */
export function dayOfNumber(number: string): string | null {
  const day = /^(20\d{2})(\d{2})(\d{2})/.exec(number);
  if (!day) return null;
  const read = built(day.slice(1).map(Number));
  return 'value' in read ? read.value : null;
}

/** Whether two times are the same to the minute: some exports leave the seconds out. */
export const sameMinute = (a: string, b: string): boolean => a.slice(0, 16) === b.slice(0, 16);

/** The serial number that Excel has for a KST time. */
export const serialOf = (iso: string): number => (Date.parse(iso) + KST_MS - DAY_ZERO) / DAY_MS;
