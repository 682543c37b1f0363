import pino from 'pino';
import { createKeyFor } from '#accounts/cli.ts';
import { createPeople, type NewPerson } from '#accounts/server/people.ts';
import type { Database } from '#platform/db.ts';
import { testDatabase } from '#platform/testing.ts';
import { createServer, type Server, type ServerOptions } from './server.ts';

export type TestServer = {
  server: Server;
  database: Database;
  base: string;
  /** A new person with one role, and an API key of theirs. */
  keyOf: (person: Omit<NewPerson, 'name'>) => Promise<string>;
  /** Calls an operation over HTTP. */
  post: (
    operation: string,
    body: unknown,
    more?: { key?: string; headers?: Record<string, string> },
  ) => Promise<Posted>;
  stop: () => Promise<void>;
};
export type Posted = { status: number; body: Record<string, unknown>; headers: Headers };

/** A real server process of its own on a fresh database, or on one given; answers are checked against contracts. */
export async function testServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const database = options.database ?? (await testDatabase());
  const server = await createServer({
    database,
    secret: 'a secret of thirty-two characters or more',
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    baseUrl: 'http://127.0.0.1',
    checkOutput: true,
    ratePerSecond: 100_000,
    ...options,
  });
  const base = await server.listen(0, '127.0.0.1');
  return {
    server,
    database,
    base,
    async keyOf(person) {
      await createPeople(database.write, [{ name: person.email, ...person }], 'a long pass phrase 7');
      return (await createKeyFor(database.write, person.email, { name: 'test' })).key;
    },
    async post(operation, body, { key, headers = {} } = {}) {
      const raw = typeof body === 'string' || body instanceof Uint8Array;
      const response = await fetch(`${base}/api/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
        body: raw ? (body as string | Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Posted['body'], headers: response.headers };
    },
    async stop() {
      await server.stop();
      if (!options.database) await database.close();
    },
  };
}
