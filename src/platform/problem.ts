import { z } from 'zod';
import type { Language, Refusal, RefusalSpec, Words } from './operation.ts';

/** A field error: where in the input, and what is wrong, in the caller's language. */
export type FieldError = { path: string; message: string };

/** RFC 9457 problem document with our `code`. Never a stack, never SQL. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  requestId?: string;
  errors?: FieldError[];
  facts?: Record<string, unknown>;
};

/** Problems that the host itself answers, before or around any handler. */
const HOST_PROBLEMS = {
  bad_input: [400, { ko: '입력한 내용을 확인해 주세요.', en: 'Please check what you entered.' }],
  unauthenticated: [401, { ko: '로그인이 필요합니다.', en: 'Please sign in.' }],
  not_allowed: [
    403,
    {
      ko: '이 작업을 할 권한이 없습니다. 관리자에게 요청해 주세요.',
      en: 'You may not do this. Please ask an administrator.',
    },
  ],
  cross_site: [403, { ko: '다른 사이트에서 보낸 요청은 받지 않습니다.', en: 'Requests from other sites are refused.' }],
  not_found: [
    404,
    { ko: '찾을 수 없습니다. 삭제되었거나 담당 범위 밖입니다.', en: 'Not found, or outside of what you may see.' },
  ],
  unknown_operation: [
    404,
    { ko: '없는 기능입니다. 화면을 새로 고쳐 주세요.', en: 'There is no such operation. Please reload.' },
  ],
  key_reused: [
    409,
    {
      ko: '같은 요청 키로 다른 내용을 보냈습니다. 새 키로 다시 보내 주세요.',
      en: 'This Idempotency-Key was used with another body. Send it with a new key.',
    },
  ],
  answer_gone: [
    409,
    {
      ko: '이미 처리되었습니다. 한 번만 보여 드리는 답이라 다시 보여 드릴 수 없습니다.',
      en: 'Already done. Its answer is shown once and cannot be shown again.',
    },
  ],
  too_large: [
    413,
    { ko: '보낸 내용이 너무 큽니다. 나누어 보내 주세요.', en: 'This is too large. Please send it in parts.' },
  ],
  file_too_large: [413, { ko: '파일 하나는 30MB까지 보낼 수 있습니다.', en: 'A file may have at most 30 MB.' }],
  unsupported_type: [
    415,
    { ko: 'JSON(application/json)으로 보내 주세요.', en: 'Please send JSON (application/json).' },
  ],
  too_many_requests: [
    429,
    { ko: '요청이 너무 잦습니다. 잠시 뒤 다시 시도해 주세요.', en: 'Too many requests. Please try again in a moment.' },
  ],
  internal: [
    500,
    {
      ko: '처리하지 못했습니다. 입력한 내용은 그대로 있으니 다시 시도해 주세요. 계속되면 요청 번호를 관리자에게 알려 주세요.',
      en: 'This failed. What you entered is kept; please try again, and tell your administrator the request id if it goes on.',
    },
  ],
  unavailable: [
    503,
    {
      ko: '서버가 멈추는 중이거나 데이터베이스에 닿지 않습니다. 잠시 뒤 다시 시도해 주세요.',
      en: 'The server is stopping, or cannot reach its database. Please try again in a moment.',
    },
  ],
  timeout: [
    503,
    {
      ko: '시간 안에 끝나지 않아 멈추었습니다. 조건을 좁히거나 잠시 뒤 다시 시도해 주세요.',
      en: 'This took too long and was stopped. Narrow it down, or try again in a moment.',
    },
  ],
} as const satisfies Record<string, readonly [number, Words]>;
export type HostCode = keyof typeof HOST_PROBLEMS;

export function problem(code: HostCode, language: Language, errors?: FieldError[]): Problem {
  const [status, words] = HOST_PROBLEMS[code];
  return { type: 'about:blank', title: words[language], status, code, ...(errors ? { errors } : {}) };
}

/** A declared refusal as HTTP 409, its text filled with its facts. */
export function refusalProblem(refusal: Refusal, specs: Record<string, RefusalSpec>, language: Language): Problem {
  if (refusal.code in HOST_PROBLEMS) return problem(refusal.code as HostCode, language);
  const spec = specs[refusal.code];
  if (!spec) throw new Error(`refusal '${refusal.code}' is not declared by the operation`);
  const facts = refusal.facts as Record<string, unknown>;
  return { type: 'about:blank', title: fill(spec.text[language], facts), status: 409, code: refusal.code, facts };
}

function fill(text: string, facts: Record<string, unknown>): string {
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => {
    const value = facts[name];
    if (value === undefined) return slot;
    return name.endsWith('Krw') ? `${Number(value).toLocaleString('ko-KR')}원` : String(value);
  });
}

const LOCALES = { ko: z.locales.ko().localeError, en: z.locales.en().localeError };

/** Checks an input; the errors name the field's path (`lines[2].qty`) in the caller's language. */
export function parseInput(
  schema: z.ZodObject,
  input: unknown,
  language: Language,
): { value: unknown } | { errors: FieldError[] } {
  const parsed = schema.safeParse(input ?? {}, { error: LOCALES[language] });
  if (parsed.success) return { value: parsed.data };
  const errors = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: issue.message }))
      : [{ path: pathOf(issue.path), message: issue.message }],
  );
  return { errors: errors.slice(0, 50) };
}

/** `['lines', 2, 'qty']` → `lines[2].qty`. */
export function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    '',
  );
}
