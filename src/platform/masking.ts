import type { z } from 'zod';
import type { PiiKind } from './values.ts';

const HANGUL = /^[가-힣]+$/;

/** 김서연 → 김*연, 김연 → 김*, John Smith → J*** S***. */
export function maskName(name: string): string {
  const trimmed = name.trim();
  if (HANGUL.test(trimmed)) {
    if (trimmed.length <= 2) return `${trimmed.slice(0, 1)}*`;
    return `${trimmed[0]}${'*'.repeat(trimmed.length - 2)}${trimmed.at(-1)}`;
  }
  return trimmed
    .split(/\s+/)
    .map((word) => `${[...word][0] ?? ''}***`)
    .join(' ');
}

/** 010-2841-1234 → 010-****-1234; the last four digits stay, since people name them to be found. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return '****';
  return `${digits.slice(0, 3)}-****-${digits.slice(-4)}`;
}

/** kim@example.com → k***@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email[0]}***${email.slice(at)}`;
}

/** 서울 성동구 왕십리로 83-21 → 서울 성동구 ***. */
export function maskAddress(address: string): string {
  const words = address.trim().split(/\s+/);
  return `${words.slice(0, Math.min(2, words.length - 1)).join(' ')} ***`.trim();
}

const MASKS: Record<PiiKind, (plain: string) => string> = {
  name: maskName,
  phone: maskPhone,
  email: maskEmail,
  address: maskAddress,
  text: () => '***',
};

export const mask = (kind: PiiKind, plain: string): string => MASKS[kind](plain);

type Masker = (value: unknown) => unknown;

/**
 * Compiles an output schema into a function that masks its personal data in place, or null when it holds none.
 * Understands objects, arrays, records, optional, nullable, defaults and unions.
 */
export function compileMask(schema: z.ZodType): Masker | null {
  const kind = schema.meta()?.pii as PiiKind | undefined;
  if (kind) return (value) => (typeof value === 'string' && value !== '' ? mask(kind, value) : value);
  const def = schema.def as unknown as SchemaParts;
  switch (def.type) {
    case 'object':
      return maskObject(def.shape ?? {});
    case 'array':
      return maskEach(def.element, (value, one) => (Array.isArray(value) ? value.map(one) : value));
    case 'record':
      return maskEach(def.valueType, (value, one) =>
        value && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, one(item)]))
          : value,
      );
    case 'union':
      return maskAll(def.options ?? []);
    default:
      return def.innerType ? compileMask(def.innerType) : null;
  }
}

type SchemaParts = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  innerType?: z.ZodType;
};

function maskEach(inner: z.ZodType | undefined, map: (value: unknown, one: Masker) => unknown): Masker | null {
  const one = inner && compileMask(inner);
  return one ? (value) => map(value, one) : null;
}

function maskAll(options: z.ZodType[]): Masker | null {
  const maskers = options.map(compileMask).filter((masker) => masker !== null);
  return maskers.length === 0 ? null : (value) => maskers.reduce((masked, one) => one(masked), value);
}

function maskObject(shape: Record<string, z.ZodType>): Masker | null {
  const fields = Object.entries(shape).flatMap(([key, schema]) => {
    const masker = compileMask(schema);
    return masker ? [[key, masker] as const] : [];
  });
  if (fields.length === 0) return null;
  return (value) => {
    if (!value || typeof value !== 'object') return value;
    const masked: Record<string, unknown> = { ...value };
    for (const [key, masker] of fields) if (key in masked) masked[key] = masker(masked[key]);
    return masked;
  };
}
