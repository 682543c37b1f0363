import { sessionGate } from './session-gate.ts';

type ProblemBody = {
  code?: string;
  title?: string;
  status?: number;
  requestId?: string;
  errors?: { path: string; message: string }[];
  facts?: Record<string, unknown>;
};

/** A problem that an operation answered, or that kept it from answering. Its message is in the caller's language. */
export class OperationError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | null;
  readonly errors: readonly { path: string; message: string }[];
  readonly facts: Readonly<Record<string, unknown>>;
  constructor(body: ProblemBody) {
    super(body.title ?? '');
    this.code = body.code ?? 'internal';
    this.status = body.status ?? 500;
    this.requestId = body.requestId ?? null;
    this.errors = body.errors ?? [];
    this.facts = body.facts ?? {};
  }

  /** What is wrong with one field, if the server said so. */
  field(path: string): string | undefined {
    return this.errors.find((error) => error.path === path)?.message;
  }

  /** Whether the same call may well succeed in a moment: the network or the server was away. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

const UNREACHABLE = {
  ko: '서버에 연결할 수 없습니다. 입력한 내용은 그대로 있습니다. 연결되면 다시 시도해 주세요.',
  en: 'The server cannot be reached. What you entered is kept; please try again once you are connected.',
};

/** What a proxy answers in our place is no problem document. */
const NO_ANSWER = {
  ko: '서버가 답하지 못했습니다. 입력한 내용은 그대로 있습니다. 잠시 뒤 다시 시도해 주세요.',
  en: 'The server could not answer. What you entered is kept; please try again in a moment.',
};

const language = () => (document.documentElement.lang === 'en' ? 'en' : 'ko');

type CallOptions = {
  signal?: AbortSignal;
  /** Idempotency-Key of a command. */
  key?: string;
  /** Hears which rooms a command changed. */
  onRefresh?: (rooms: readonly string[]) => void;
  /** Answers 401 to the caller instead of waiting for the person to sign in again. */
  gate?: boolean;
  /** Goes out even though the page is being left. */
  keepalive?: boolean;
};

async function send(name: string, input: unknown, { signal, key, keepalive }: CallOptions): Promise<Response> {
  try {
    return await fetch(`/api/${name}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': language(),
        ...(key ? { 'Idempotency-Key': key } : {}),
      },
      body: JSON.stringify(input ?? {}),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new OperationError({ code: 'unreachable', status: 0, title: UNREACHABLE[language()] });
  }
}

const problemOf = (body: unknown, status: number): ProblemBody => {
  const told = (typeof body === 'object' ? body : null) as ProblemBody | null;
  return { title: NO_ANSWER[language()], status, ...told };
};

/**
 * Calls an operation. A lost session does not fail the call: it waits until the person has signed in again, then the
 * call goes out once more with the same key.
 */
export async function callOperation(name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
  const response = await send(name, input, options);
  if (response.status === 401 && options.gate !== false) {
    await sessionGate.lost();
    return callOperation(name, input, options);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new OperationError(problemOf(body, response.status));
  const rooms = response.headers.get('haedap-refreshes');
  if (rooms) options.onRefresh?.(rooms.split(',').map((room) => room.trim()));
  return body;
}
