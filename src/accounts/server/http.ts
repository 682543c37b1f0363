import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { DB } from '#platform/db.gen.ts';
import { languageOf, sendProblem } from '#platform/http.ts';
import { readJsonBody } from '#platform/json-body.ts';
import { Refusal } from '#platform/operation.ts';
import { parseInput, problem, refusalProblem } from '#platform/problem.ts';
import type { Auth } from './auth.ts';
import { authProblem } from './auth-problems.ts';
import { SetUp, setUpCompany, setUpRefusals } from './set-up.ts';
import { signInPage } from './sign-in-page.ts';

/** The routes of better-auth that are open; all else about people is an operation of this room. */
const OPEN = new Set([
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
  'POST /api/auth/change-password',
  'POST /api/auth/two-factor/enable',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/two-factor/generate-backup-codes',
  'POST /api/auth/two-factor/disable',
]);
const BODY_LIMIT = 16_384;

/** Serves sign-in (`/api/auth/*`), what its page shows (`GET /api/auth-info`) and the first set-up (`POST /api/auth-setup`). */
export function mountAuth(
  app: FastifyInstance,
  { auth, database }: { auth: Auth; database: { write: Kysely<DB> } },
): void {
  const db = database.write;
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    bodyLimit: BODY_LIMIT,
    handler: async (request, reply) => {
      const language = languageOf(request);
      const path = request.url.split('?')[0];
      if (!OPEN.has(`${request.method} ${path}`)) return sendProblem(reply, request, problem('not_found', language));
      const body = bodyOf(request);
      if ('errors' in body) return sendProblem(reply, request, problem('bad_input', language, body.errors));
      return pass(await auth.handler(webRequest(request, body.value)), request, reply);
    },
  });

  app.get('/api/auth-info', async (_, reply) => reply.header('cache-control', 'no-store').send(await signInPage(db)));

  app.post('/api/auth-setup', { bodyLimit: BODY_LIMIT }, (request, reply) => serveSetUp(db, request, reply));
}

async function serveSetUp(db: Kysely<DB>, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const language = languageOf(request);
  const body = bodyOf(request);
  if ('errors' in body) return sendProblem(reply, request, problem('bad_input', language, body.errors));
  const input = parseInput(SetUp, body.value, language);
  if ('errors' in input) return sendProblem(reply, request, problem('bad_input', language, input.errors));
  const answer = await setUpCompany(db, input.value as z.output<typeof SetUp>, {
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    requestId: request.id,
  });
  if (answer instanceof Refusal) return sendProblem(reply, request, refusalProblem(answer, setUpRefusals, language));
  return reply.send(answer);
}

/** Bytes that the host's parser left alone; held to the same rules as the body of an operation. */
const bodyOf = (request: FastifyRequest) =>
  readJsonBody((request.body as Buffer | null | undefined) ?? new Uint8Array(), languageOf(request));

/** A Fastify request as better-auth takes it; the client's address and the request id are ours, whatever it sent. */
function webRequest(request: FastifyRequest, value: object): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value);
    else for (const part of value ?? []) headers.append(name, part);
  }
  headers.set('x-haedap-address', request.ip);
  headers.set('x-request-id', request.id);
  headers.delete('content-length');
  const url = `${request.protocol}://${request.headers.host ?? 'localhost'}${request.url}`;
  if (request.method === 'GET') return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(value) });
}

async function pass(answer: Response, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  reply.header('cache-control', 'no-store');
  const text = await answer.text();
  if (answer.ok) return reply.code(answer.status).type('application/json; charset=utf-8').send(withoutToken(text));
  const retry = answer.headers.get('x-retry-after');
  if (retry) reply.header('retry-after', retry);
  return sendProblem(reply, request, authProblem(answer.status, jsonOf(text), languageOf(request)));
}

/** better-auth answers the session's token beside the cookie; a script of a page has no business with it. */
function withoutToken(text: string): string {
  const body = jsonOf(text) as Record<string, unknown> | null;
  if (!body || typeof body !== 'object') return text || 'null';
  const { token: _, session, ...rest } = body;
  if (!session || typeof session !== 'object') return JSON.stringify(rest);
  const { token: __, ...plain } = session as Record<string, unknown>;
  return JSON.stringify({ ...rest, session: plain });
}

function jsonOf(text: string): { code?: string; until?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
