import type { FastifyInstance } from 'fastify';
import { type Authenticator, languageOf, sendProblem } from './http.ts';
import type { Live } from './live.ts';
import { problem } from './problem.ts';

/** `GET /api/live`: server-sent events of what the caller may see, resumed by `Last-Event-ID`. */
export function serveLive(app: FastifyInstance, live: Live, authenticator: Authenticator): void {
  app.get('/api/live', async (request, reply) => {
    const { cookie, authorization } = request.headers;
    const renew = () => authenticator.resolve({ cookie, authorization });
    const actor = await renew();
    if (!actor) return sendProblem(reply, request, problem('unauthenticated', languageOf(request)));
    const since = sincePosition(request.headers['last-event-id'] ?? (request.query as { since?: string }).since);
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      // Else the ended stream stays open as an idle connection, and a stop waits for it.
      connection: 'close',
      'x-request-id': request.id,
    });
    await live.attach(reply.raw, actor, renew, since);
  });
}

function sincePosition(given: string | string[] | undefined): number | null {
  return typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : null;
}
