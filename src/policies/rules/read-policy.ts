import { dayOf } from './calendar.ts';
import { DEFAULT_POLICY, type Policy } from './parameters.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';

const CHOICES: Record<string, readonly string[]> = {
  autoAcceptReturn: ['NONE', 'SELLER_FAULT_ONLY', 'ALL'],
  defectJudge: ['PHOTO', 'INSPECT', 'PHOTO_THEN_INSPECT'],
  freeBasis: ['LIST', 'AFTER_PRODUCT_DISCOUNT', 'NET'],
  sentCollectExcess: ['NONE', 'NOTIFIED'],
  mixedFaultExchange: ['FREE', 'REDELIVERY_ONLY'],
  fullReturnOutbound: ['CHARGE', 'FREE'],
  mixedFault: ['SELLER_PAYS', 'BUYER_PAYS'],
  feeMethod: ['DEDUCT', 'LINK', 'DEPOSIT'],
  tenderMode: ['PROPORTIONAL', 'CASH_FIRST'],
  couponBreak: ['KEEP', 'RECLAIM'],
  bundleBreak: ['KEEP', 'RECLAIM'],
  exchangeDiff: ['LIST', 'NET'],
  crossExchange: ['OFF', 'APPROVAL', 'ALLOWED'],
  allowed: ['OFF', 'APPROVAL'],
  order: ['CAPTURE_FIRST', 'REFUND_FIRST'],
  usageDeduction: ['OFF', 'APPROVAL'],
  interestRounding: ['FLOOR', 'ROUND'],
};

const FREE_FORM = ['compensation', 'bearerRatio', 'visibleBy', 'mallCapability'];
const LIMIT = 1_000_000_000_000;

/** The default policy with the overrides of a case or a version; refuses names and values that it does not know. */
export function readPolicy(overrides: unknown): Policy | Refusal {
  if (overrides === undefined || overrides === null) return DEFAULT_POLICY;
  const policy = merge(DEFAULT_POLICY as unknown as Record<string, unknown>, overrides, 'policy');
  return isRefusal(policy) ? policy : (policy as unknown as Policy);
}

function bad(name: string): Refusal {
  return refuse('bad_input', 'M4', { what: name });
}

function merge(base: Record<string, unknown>, given: unknown, path: string): Record<string, unknown> | Refusal {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return bad(path);
  const merged = { ...base };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(base, name)) return bad(`${path}.${name}`);
    const read = readValue(name, base[name], value, `${path}.${name}`);
    if (isRefusal(read)) return read;
    merged[name] = read;
  }
  return merged;
}

function readValue(name: string, base: unknown, value: unknown, path: string): unknown {
  const choices = CHOICES[name];
  if (choices) return choices.includes(value as string) ? value : bad(path);
  if (name === 'businessCalendar') return readCalendar(value, path);
  if (name === 'freeThreshold') return value === null ? null : readNumber(value, path);
  if (FREE_FORM.includes(name)) return readTable(base, value, path);
  if (Array.isArray(base)) return isTexts(value) ? value : bad(path);
  if (typeof base === 'object' && base !== null) return merge(base as Record<string, unknown>, value, path);
  if (typeof base === 'number') return readNumber(value, path);
  return typeof value === typeof base ? value : bad(path);
}

function readNumber(value: unknown, path: string): number | Refusal {
  if (typeof value !== 'number') return bad(path);
  return Number.isSafeInteger(value) && value >= 0 && value <= LIMIT
    ? value
    : refuse('amount_out_of_range', 'M4', { what: path });
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

/** Tables by reason, tender or mall: rows are added to those of the default. */
function readTable(base: unknown, value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(path);
  for (const row of Object.values(value)) if (!isRow(row)) return bad(path);
  return { ...(base as object), ...value };
}

function isRow(row: unknown): boolean {
  if (typeof row === 'object' && row !== null) return Object.values(row).every(isRow);
  return row === null || typeof row === 'string' || (typeof row === 'number' && row >= 0 && row <= LIMIT);
}

function readCalendar(value: unknown, path: string): unknown {
  if (value === 'KR' || value === 'NONE') return value;
  if (typeof value !== 'object' || value === null) return bad(path);
  const { base = 'KR', add = [], remove = [], ...rest } = value as Record<string, unknown>;
  if (base !== 'KR' && base !== 'NONE') return bad(path);
  if (!isTexts(add) || !isTexts(remove) || Object.keys(rest).length > 0) return bad(path);
  for (const text of [...add, ...remove])
    if (dayOf(text) === null) return refuse('date_out_of_range', 'M13', { what: `${path} ${text}` });
  return { base, add, remove };
}
