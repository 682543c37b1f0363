import { maskAddress, maskEmail, maskName, maskPhone } from './masking.ts';

/** What a field's name says of its value. */
type Kind = 'secret' | 'name' | 'phone' | 'email' | 'address' | 'number' | 'free';

/** Endings of field names, lower case without `_`; the first that fits decides. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [
    /(password|passphrase|secret|token|otp|totp|recoverycodes?|backupcodes?|apikey|authorization|cookie|cvc)$/,
    'secret',
  ],
  [/(phone\d?|mobile|telephone|tel|fax|caller|callernumber|fromnumber|tonumber)$/, 'phone'],
  [/e?mail(address)?$/, 'email'],
  [/(address\d?|addressline\d?|postcode|zipcode)$/, 'address'],
  [/(accountno|accountnumber|cardno|cardnumber|residentno|birth|birthday|birthdate|birthon|customs)$/, 'number'],
  [/^(text|body|html|message|memo|content|transcript|subject|deliverynote)$/, 'free'],
  [/(^|customer|receiver|recipient|orderer|buyer|payer|sender|contact|person|full|first|last)name$/, 'name'],
  [/^(receiver|recipient|orderer|buyer|payer|sender|holder|accountholder)$/, 'name'],
];

/** Below these a `name` or `email` is a colleague's or a thing's, which the audit must tell. */
const OPEN_PARENT =
  /^(staff|agent|assignee|actor|colleague|manager|mall|partner|product|line|sku|option|centre|team|role|template|tag|code|policy|file)s?$/;

const PATTERNS: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/(?<![\w-])\d{6}[- ]?[1-8]\d{6}(?![\w-])/g, '******-*******'],
  [/(?<![\w-])\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{3,4}(?![\w-])/g, '****-****-****-****'],
  [/(?<![\w-])0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}(?![\w-])/g, maskPhone],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, maskEmail],
];

const MOST_ENTRIES = 50;
const MOST_CHARACTERS = 500;
const MOST_DEPTH = 12;

/**
 * A value as the audit may keep it for ever: personal data masked by the field's name, secrets gone, what people
 * typed to or about customers told by its length only, numbers and addresses in other texts masked by their form,
 * long lists and texts cut. Plain JSON: dates become ISO strings, absent fields stay away.
 *
 * Names of colleagues and things stay readable where the field says so: below `staff`, `assignee`, `product` … , or
 * in fields such as `staffName`.
 */
export function maskForAudit(value: unknown): unknown {
  return masked(value, '', '', 0);
}

function masked(value: unknown, key: string, parent: string, depth: number): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return maskedText(value, kindOf(key, parent));
  if (typeof value === 'number') return kindOf(key, parent) === null ? finite(value) : '***';
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object') return null;
  if (depth >= MOST_DEPTH) return '…';
  if (Array.isArray(value)) {
    const kept = value.slice(0, MOST_ENTRIES).map((item) => masked(item, key, parent, depth + 1));
    return value.length > MOST_ENTRIES ? [...kept, `… ${value.length - MOST_ENTRIES} more`] : kept;
  }
  const isArrayItem = depth > 0 && key !== '';
  const inside = isArrayItem ? key : parent;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [clean(name), masked(field, name, inside, depth + 1)]));
}

function kindOf(key: string, parent: string): Kind | null {
  const name = key.replaceAll('_', '').toLowerCase();
  const kind = KINDS.find(([ending]) => ending.test(name))?.[1] ?? null;
  const open = (name === 'name' || name === 'email') && OPEN_PARENT.test(parent.replaceAll('_', '').toLowerCase());
  return open ? null : kind;
}

function maskedText(plain: string, kind: Kind | null): string {
  const value = clean(plain);
  if (value === '') return value;
  switch (kind) {
    case 'secret':
    case 'number':
      return '***';
    case 'name':
      return maskName(value);
    case 'phone':
      return maskPhone(value);
    case 'email':
      return maskEmail(value);
    case 'address':
      return maskAddress(value);
    case 'free':
      return `‹${[...value].length} characters›`;
    default:
      return shortened(PATTERNS.reduce((text, [form, by]) => text.replace(form, by as string), value));
  }
}

const shortened = (value: string): string =>
  value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…`.toWellFormed() : value;
/** jsonb holds neither NUL nor a lone surrogate. */
const clean = (value: string): string => value.replaceAll('\0', '').toWellFormed();
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
