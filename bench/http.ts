/**
 * Requests a second and p99 of `tickets.list` (50 rows) through the whole host (session, permission, limits, input,
 * scope, masking, metrics, log), beside the same SQL through bare Fastify. Two server processes on one database, asked
 * in turns in the same run, so that whatever else the machine does falls on both.
 *
 *   HAEDAP_DATA=/path/to/a/sample node bench/http.ts [--rounds 5] [--seconds 5] [--connections 16]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import Fastify from 'fastify';
import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { createKeyFor } from '#accounts/cli.ts';
import { createRooms } from '#app/modules.ts';
import { openCompany } from '#app/open-company.ts';
import { createServer } from '#app/server.ts';
import { createAuthenticator } from '#platform/auth.ts';
import type { DB } from '#platform/db.gen.ts';
import { clientConfig, type DatabaseConfig, openDatabase } from '#platform/db.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';

const BODY = JSON.stringify({ limit: 50 });
const OWNER = 'agent1@haedap.example';

type Work = { config: DatabaseConfig; secret: string; sql: string; parameters: readonly unknown[] };

async function serveHost({ config, secret }: Work): Promise<string> {
  const database = openDatabase(config);
  const logger = pino({}, createWriteStream('/dev/null'));
  const server = await createServer({
    database,
    secret,
    logger,
    baseUrl: 'http://127.0.0.1',
    ratePerSecond: 1_000_000,
  });
  return server.listen(0, '127.0.0.1');
}

async function serveBare({ config, sql, parameters }: Work): Promise<string> {
  const pool = new pg.Pool({ ...clientConfig(config), max: 10 });
  const app = Fastify();
  app.post('/api/tickets.list', async () => ({ items: (await pool.query(sql, [...parameters])).rows, next: null }));
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The statement that the operation sends, caught on its way by this agent. */
async function catchSql(config: DatabaseConfig, secret: string, key: string): Promise<CompiledQuery> {
  const database = openDatabase(config, { max: 2 });
  const caught: CompiledQuery[] = [];
  const read = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ ...clientConfig(config), max: 1 }) }),
    log: (event) => void caught.push(event.query),
  });
  const authenticator = await createAuthenticator({ db: database, secret });
  const actor = await authenticator.resolve({ authorization: `Bearer ${key}` });
  const registry = createRegistry(createRooms());
  const pipeline = createPipeline({ database: { ...database, read }, registry });
  const reply = await pipeline.execute({
    operation: 'tickets.list',
    input: JSON.parse(BODY),
    actor,
    language: 'ko',
    requestId: 'bench',
  });
  const rows = (reply.body as { items: unknown[] }).items.length;
  if (reply.status !== 200 || rows !== 50 || caught.length !== 1) {
    throw new Error(`tickets.list: status ${reply.status}, ${rows} rows, ${caught.length} statements`);
  }
  await authenticator.close();
  await read.destroy();
  await database.close();
  return caught[0] as CompiledQuery;
}

async function child(role: 'host' | 'bare', work: Work): Promise<{ process: ChildProcess; url: string }> {
  const process = spawn(globalThis.process.execPath, [fileURLToPath(import.meta.url), `--role=${role}`], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  process.send(work);
  const [url] = (await once(process, 'message')) as [string];
  return { process, url };
}

type Figures = { perSecond: number; p50: number; p99: number };

async function measure(url: string, key: string, seconds: number, connections: number): Promise<Figures> {
  const result = await autocannon({
    url: `${url}/api/tickets.list`,
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: BODY,
    duration: seconds,
    connections,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} not 2xx, ${result.errors} errors`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '16' },
    },
  });
  if (values.role) {
    const [work] = (await once(process, 'message')) as [Work];
    process.send?.(await (values.role === 'host' ? serveHost(work) : serveBare(work)));
    return;
  }
  const company = await openCompany({ purpose: 'bench/http', tell: () => undefined });
  const { config } = company.database;
  const { key } = await createKeyFor(company.database.write, OWNER, { name: 'bench/http' });
  const { sql, parameters } = await catchSql(config, company.secret, key);
  const work = { config, secret: company.secret, sql, parameters };
  const servers = { host: await child('host', work), bare: await child('bare', work) };
  const [rounds, seconds, connections] = [Number(values.rounds), Number(values.seconds), Number(values.connections)];
  for (const { url } of Object.values(servers)) await measure(url, key, 2, connections);
  const all = { host: [] as Figures[], bare: [] as Figures[] };
  for (let round = 0; round < rounds; round++) {
    for (const role of ['host', 'bare'] as const)
      all[role].push(await measure(servers[role].url, key, seconds, connections));
  }
  for (const role of ['host', 'bare'] as const) {
    const of = (field: keyof Figures) => median(all[role].map((figures) => figures[field])).toFixed(1);
    console.log(
      `${role}  ${of('perSecond')} req/s  p50 ${of('p50')} ms  p99 ${of('p99')} ms  (median of ${rounds} × ${seconds} s, ${connections} connections)`,
    );
  }
  const ratios = all.host.map((figures, round) => figures.perSecond / (all.bare[round]?.perSecond ?? Number.NaN));
  console.log(
    `host ÷ bare  ${median(ratios).toFixed(3)}  (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}; goal 0.7)`,
  );
  for (const { process } of Object.values(servers)) process.kill();
  await company.close();
}

await main();
