import { OperationError } from '#platform/web-call.ts';

/** Calls a route of sign-in; problems are those of operations, in the caller's language. */
export async function authCall<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method: body ? 'POST' : 'GET',
    headers: {
      'Accept-Language': document.documentElement.lang,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    const title =
      document.documentElement.lang === 'en' ? 'The server cannot be reached.' : '서버에 연결할 수 없습니다.';
    throw new OperationError({ code: 'unreachable', status: 0, title });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new OperationError((answer ?? { status: response.status }) as { title?: string });
  return answer as T;
}

export type AuthInfo = {
  company: { name: string; kind: 'sample' | 'real' } | null;
  needsSetUp: boolean;
  password: { min: number; max: number };
  sample: { email: string; name: string; title: { ko: string; en: string }; what: { ko: string; en: string } }[];
};

export const authInfo = () => authCall<AuthInfo>('/api/auth-info');
