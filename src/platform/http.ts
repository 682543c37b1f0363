import { setTimeout as sleep } from 'node:timers/promises';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Budget, createBudget } from './budget.ts';
import { readJsonBody } from './json-body.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { jsonSchema } from './openapi.ts';
import type { Actor, Language, Operation } from './operation.ts';
import { type Pipeline, type Reply, sqlState } from './pipeline.ts';
import { type HostCode, type Problem, problem } from './problem.ts';
import { newId } from './values.ts';

/** Who a request is, from its cookie or API key; null for nobody. */
export type Authenticator = {
  resolve: (headers: { cookie?: string | undefined; authorization?: string | undefined }) => Promise<Actor | null>;
};

export type HttpOptions = {
  pipeline: Pipeline;
  authenticator: Authenticator;
  logger: FastifyBaseLogger;
  /** Requests a second that one session may make on average; short bursts of five times as many are served. */
  ratePerSecond?: number;
  /** Most milliseconds for one request, default 30,000. */
  timeoutMs?: number;
  /** Largest body in bytes, default 1 MiB. */
  bodyLimit?: number;
  /** Addresses of the proxies in front (`127.0.0.1,10.0.0.0/8`): their word on the client's address is taken. */
  trustProxy?: string | undefined;
};

const TIMED_OUT = Symbol('timed out');
/** Query cancelled (statement timeout), lock not available in time. */
const SLOW = new Set(['57014', '55P03']);
/** Connection refused or lost, server shutting down, too many connections. */
const GONE = /^(08|57P0|53300|ECONN|EPIPE|ENOENT)/;

export type Http = {
  app: FastifyInstance;
  metrics: Metrics;
  /** New requests get 503, running ones end (at most `timeoutMs`), then every connection is closed. */
  close: () => Promise<void>;
};

type Host = HttpOptions & { budget: Budget; metrics: Metrics; timeoutMs: number };

/** The HTTP host: one POST route for each operation, problems, limits, request ids, metrics. Call `listen` or `inject`. */
export function createHttp(options: HttpOptions): Http {
  const { pipeline, timeoutMs = 30_000, ratePerSecond = 100 } = options;
  const host: Host = {
    ...options,
    budget: createBudget(ratePerSecond, ratePerSecond * 5),
    metrics: createMetrics(),
    timeoutMs,
  };
  const app = openFastify(host);
  const running = new Set<FastifyRequest>();
  app.addHook('onRequest', async (request, reply) => {
    running.add(request);
    reply.raw.once('close', () => running.delete(request));
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('x-frame-options', 'DENY');
  });
  app.setErrorHandler((error, request, reply) => sendProblem(reply, request, problemOf(host, error, request)));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, request, problem('not_found', languageOf(request))));
  for (const { operation } of pipeline.registry.entries.values()) addRoute(app, host, operation);
  app.post('/api/:operation', async (request, reply) =>
    sendProblem(reply, request, problem('unknown_operation', languageOf(request))),
  );
  return { app, metrics: host.metrics, close: () => closeHttp(app, running, timeoutMs) };
}

function openFastify({ logger, timeoutMs, trustProxy, bodyLimit = 1_048_576 }: Host): FastifyInstance {
  const app = Fastify({
    loggerInstance: logger,
    logController: new Fastify.LogController({ disableRequestLogging: true }),
    bodyLimit,
    ...(trustProxy ? { trustProxy } : {}),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    requestTimeout: timeoutMs,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  return app;
}

function addRoute(app: FastifyInstance, host: Host, operation: Operation): void {
  const schema = { response: { 200: jsonSchema(operation.output, 'output') } };
  app.post(`/api/${operation.name}`, { schema }, async (request, reply) => {
    const started = performance.now();
    const { status, body, refreshes, actor } = await serve(host, operation, request);
    const ms = performance.now() - started;
    host.metrics.request(operation.name, status, ms);
    host.logger.info({ op: operation.name, status, ms: Math.round(ms), reqId: request.id, actor });
    if (status !== 200) return sendProblem(reply, request, body as Problem);
    if (refreshes.length > 0) reply.header('haedap-refreshes', refreshes.join(','));
    return reply.send(body);
  });
}

type Served = Reply & { actor?: string };

function refused(code: HostCode, language: Language, errors?: Problem['errors']): Served {
  const body = problem(code, language, errors);
  return { status: body.status, body, refreshes: [] };
}

const BAD_KEY = { ko: '1~200자의 ASCII 글자여야 합니다.', en: '1–200 ASCII characters.' };

async function serve(host: Host, operation: Operation, request: FastifyRequest): Promise<Served> {
  const language = languageOf(request);
  if (isCrossSite(request)) return refused('cross_site', language);
  const { cookie, authorization, 'idempotency-key': key } = request.headers;
  const actor = await host.authenticator.resolve({ cookie, authorization });
  if (!actor) return refused('unauthenticated', language);
  if (!host.budget.take(actor.sessionId)) return refused('too_many_requests', language);
  const body = readJsonBody((request.body as Buffer | null) ?? new Uint8Array(), language);
  if ('errors' in body) return refused('bad_input', language, body.errors);
  if (Array.isArray(key) || (key !== undefined && !/^[\x20-\x7e]{1,200}$/.test(key))) {
    return refused('bad_input', language, [{ path: 'Idempotency-Key', message: BAD_KEY[language] }]);
  }
  const work = host.pipeline.execute({
    operation: operation.name,
    input: body.value,
    actor,
    language: request.headers['accept-language'] ? language : actor.language,
    requestId: request.id,
    key,
    origin: { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) },
  });
  const reply = await within(host.timeoutMs, work);
  return { ...(reply === TIMED_OUT ? refused('timeout', language) : reply), actor: actor.id };
}

function problemOf({ logger }: Host, error: unknown, request: FastifyRequest): Problem {
  const language = languageOf(request);
  const code = sqlState(error) ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('too_large', language);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return problem('unsupported_type', language);
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL') return problem('bad_input', language);
  logger.error({ err: error, reqId: request.id, url: request.url.split('?')[0] }, 'request failed');
  if (SLOW.has(code)) return problem('timeout', language);
  return GONE.test(code) ? problem('unavailable', language) : problem('internal', language);
}

/** Browsers hold connections open on which nothing was asked yet: a close that waits for them waits for a minute. */
async function closeHttp(app: FastifyInstance, running: ReadonlySet<unknown>, timeoutMs: number): Promise<void> {
  const closed = app.close();
  const deadline = performance.now() + timeoutMs;
  while (running.size > 0 && performance.now() < deadline) await sleep(20);
  app.server.closeAllConnections();
  await closed;
}

/** Serves the built web; any address that is no file is the single page. */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    maxAge: '1h',
    preCompressed: false,
  });
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) return sendProblem(reply, request, problem('not_found', languageOf(request)));
    reply.header('content-security-policy', CSP);
    return reply.sendFile('index.html', { maxAge: 0 });
  });
}

const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

export function sendProblem(reply: FastifyReply, request: FastifyRequest, body: Problem): FastifyReply {
  return reply
    .code(body.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((value) => JSON.stringify(value))
    .send({ ...body, requestId: request.id });
}

function requestIdOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId();
}

/** Korean unless the caller prefers English. */
export function languageOf(request: FastifyRequest): Language {
  const first = (request.headers['accept-language'] ?? 'ko').split(',')[0] ?? 'ko';
  return first.trim().toLowerCase().startsWith('en') ? 'en' : 'ko';
}

/** A browser tells where a request comes from; a cookie must not work from another site. */
export function isCrossSite(request: FastifyRequest): boolean {
  if (!request.headers.cookie || request.headers.authorization) return false;
  const site = request.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return true;
  const { origin, host } = request.headers;
  return origin !== undefined && URL.parse(origin)?.host !== host;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
