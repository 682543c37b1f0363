import type { FastifyInstance } from 'fastify';
import type { Database } from './db.ts';
import { sendProblem } from './http.ts';
import type { Metrics } from './metrics.ts';
import { publishedRange } from './outbox.ts';
import { problem } from './problem.ts';

export type HealthOptions = {
  database: Database;
  metrics: Metrics;
  version: string;
  screens: () => number;
  /** True from the moment on in which the process was asked to stop. */
  stopping: () => boolean;
};

/**
 * `/healthz`: the process lives. `/readyz`: it serves operations and reaches its database. `/metrics`: Prometheus.
 * None needs a session: what they say holds nothing of the company.
 */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  const { database, metrics, version, screens, stopping } = options;
  const reachable = () =>
    database.read
      .selectFrom('company')
      .select('id')
      .execute()
      .then(() => true)
      .catch(() => false);
  app.get('/healthz', (_, reply) => reply.send({ ok: true, version }));
  app.get('/readyz', async (request, reply) => {
    if (!stopping() && (await reachable())) return reply.send({ ok: true });
    return sendProblem(reply, request, problem('unavailable', 'en'));
  });
  metrics.gauge('haedap_live_screens', 'Screens that listen to live events', screens);
  metrics.gauge(
    'haedap_outbox_position',
    'Position of the newest published event',
    async () => (await publishedRange(database.read)).newest,
  );
  app.get('/metrics', async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
