import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createAuth } from '#accounts/server/auth.ts';
import { mountAuth } from '#accounts/server/http.ts';
import { serveMailPages } from '#channels/server/mail-page.ts';
import { startMailboxes } from '#connectors/server/watch-mailbox.ts';
import type { ConnectorSettings } from '#connectors/settings.ts';
import { startSealer } from '#platform/audit-sealer.ts';
import { createAuthenticator } from '#platform/auth.ts';
import type { Database } from '#platform/db.ts';
import { serveDocs } from '#platform/docs-page.ts';
import { serveFiles } from '#platform/files-http.ts';
import { serveHealth } from '#platform/health.ts';
import { createHttp, serveWeb } from '#platform/http.ts';
import { startJobs } from '#platform/jobs.ts';
import { startLive } from '#platform/live.ts';
import { serveLive } from '#platform/live-http.ts';
import { openApi } from '#platform/openapi.ts';
import { createPipeline, type Pipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { createRooms } from './modules.ts';
import { version } from './version.ts';

export type ServerOptions = {
  database: Database;
  /** Signs sessions: at least 32 characters, the same in all processes of a company. */
  secret: string;
  logger: FastifyBaseLogger;
  /** Where people open it; decides whether cookies are Secure. */
  baseUrl: string;
  /** Folder of the built web; absent: only the API. */
  webFolder?: string | undefined;
  /** File outside of the database that keeps the audit chain's head. */
  anchorFile?: string | undefined;
  /** Addresses of the proxies in front: their word on the client's address is taken. */
  trustProxy?: string | undefined;
  /** Requests a second that one session may make, default 100. */
  ratePerSecond?: number | undefined;
  checkOutput?: boolean | undefined;
  /** Outside systems; none unless given. */
  connectors?: ConnectorSettings | undefined;
};

export type Server = {
  app: FastifyInstance;
  pipeline: Pipeline;
  /** Starts to listen; answers the address. */
  listen: (port: number, host: string) => Promise<string>;
  /** Ends gracefully: new requests get 503, running ones end, then jobs, then the rest. */
  stop: () => Promise<void>;
};

/**
 * One server process: operations over HTTP, sign-in, live events, jobs, the audit sealer, health and metrics. Several
 * on one database make a cluster; nothing lies in the memory of one that another would miss.
 */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { database, secret, logger, baseUrl, ratePerSecond, trustProxy } = options;
  const onError = (error: unknown) => logger.error({ err: error }, 'background work failed');
  const auth = createAuth({ db: database.write, secret, baseUrl, log: (level, message) => logger[level](message) });
  const registry = createRegistry(
    createRooms({ anchorFile: options.anchorFile, connectors: options.connectors, secret }),
  );
  const pipeline = createPipeline({ database, registry, checkOutput: options.checkOutput ?? false });
  const authenticator = await createAuthenticator({ db: database, secret });
  const { app, metrics, close } = createHttp({ pipeline, authenticator, logger, ratePerSecond, trustProxy });
  const live = await startLive(database, registry, onError);
  let stopping = false;
  mountAuth(app, { auth, database });
  serveLive(app, live, authenticator);
  serveFiles(app, { pipeline, authenticator, database });
  serveMailPages(app, { pipeline, authenticator });
  serveHealth(app, { database, metrics, version, screens: live.screens, stopping: () => stopping });
  await serveDocs(app);
  const document = openApi(registry.contracts, version);
  app.get('/api/openapi.json', (_, reply) => reply.send(document));
  if (options.webFolder) await serveWeb(app, options.webFolder);
  const stopSealer = startSealer(database, { anchorFile: options.anchorFile, onError });
  const stopJobs = await startJobs({ database, pipeline, onProblem: (message, err) => logger.error({ err }, message) });
  const mail = options.connectors?.mail ?? null;
  const stopMailboxes = startMailboxes({ database, pipeline, settings: mail, onProblem: onError });
  return {
    app,
    pipeline,
    listen: (port, host) => app.listen({ port, host }),
    async stop() {
      stopping = true;
      await stopMailboxes();
      await live.stop();
      await close();
      await stopJobs();
      await stopSealer();
      await authenticator.close();
    },
  };
}
