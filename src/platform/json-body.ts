import type { Language, Words } from './operation.ts';
import type { FieldError } from './problem.ts';
import { pathOf } from './problem.ts';

const MAX_DEPTH = 32;

const WRONG = {
  utf8: { ko: 'UTF-8이 아닌 글자가 있습니다.', en: 'Not valid UTF-8.' },
  json: { ko: 'JSON 형식이 아닙니다.', en: 'Not valid JSON.' },
  object: { ko: 'JSON 객체({ })로 보내 주세요.', en: 'Send a JSON object ({ }).' },
  deep: { ko: `${MAX_DEPTH}단계보다 깊습니다.`, en: `Nested deeper than ${MAX_DEPTH}.` },
  nul: { ko: '쓸 수 없는 글자(NUL)가 있습니다.', en: 'Holds a NUL character.' },
  surrogate: { ko: '깨진 글자가 있습니다.', en: 'Holds a broken character (lone surrogate).' },
  key: { ko: '쓸 수 없는 항목 이름입니다.', en: 'This field name is not allowed.' },
} as const satisfies Record<string, Words>;

export type Body = { value: Record<string, unknown> } | { errors: FieldError[] };

/**
 * Reads a request body: UTF-8, JSON, an object, at most 32 deep, no NUL and no lone surrogate anywhere, since
 * PostgreSQL stores neither. An empty body is an empty object. The errors carry the path of the field.
 */
export function readJsonBody(bytes: Uint8Array, language: Language): Body {
  const fail = (wrong: keyof typeof WRONG, path = ''): Body => ({
    errors: [{ path, message: WRONG[wrong][language] }],
  });
  if (bytes.length === 0) return { value: {} };
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    try {
      value = JSON.parse(text);
    } catch {
      return fail('json');
    }
  } catch {
    return fail('utf8');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return fail('object');
  const fault = faultIn(value, []);
  return fault ? fail(fault.wrong, pathOf(fault.path)) : { value: value as Record<string, unknown> };
}

type Fault = { wrong: keyof typeof WRONG; path: PropertyKey[] };

function faultInText(text: string, path: PropertyKey[]): Fault | null {
  if (text.includes('\u0000')) return { wrong: 'nul', path };
  return text.isWellFormed() ? null : { wrong: 'surrogate', path };
}

function faultIn(value: unknown, path: PropertyKey[]): Fault | null {
  if (typeof value === 'string') return faultInText(value, path);
  if (value === null || typeof value !== 'object') return null;
  if (path.length >= MAX_DEPTH) return { wrong: 'deep', path };
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') return { wrong: 'key', path: [...path, key] };
    const step = Array.isArray(value) ? Number(key) : key;
    const fault = (typeof step === 'string' ? faultInText(key, path) : null) ?? faultIn(item, [...path, step]);
    if (fault) return fault;
  }
  return null;
}
