import { OperationError } from '#platform/web-call.ts';

/** A route of sign-in that changes one's own password or second factor. Problems as those of operations. */
export async function authRoute<T>(path: string, body: object): Promise<T> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new OperationError((answer ?? { status: response.status }) as { title?: string });
  return answer as T;
}
