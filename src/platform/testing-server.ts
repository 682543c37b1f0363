import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDataFolder } from './data-folder.ts';
import { clientConfig, type DatabaseConfig } from './db.ts';
import { type Connection, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, and the migrated database that each test's own is copied from. */
    testServer: { config: DatabaseConfig; template: string };
  }
}

export type TemporaryServer = { config: Connection; stop: () => Promise<void> };

/** Nothing of a test run has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * A PostgreSQL in a temporary folder, which `stop` removes. `bin` is the folder of other programs than the embedded
 * ones.
 */
export async function temporaryServer(purpose: string, bin?: string): Promise<TemporaryServer> {
  const path = mkdtempSync(join(tmpdir(), 'haedap-test-'));
  chmodSync(path, 0o711); // root's server runs as somebody else
  const remove = () => rmSync(path, { recursive: true, force: true });
  try {
    const folder = openDataFolder(path, '0');
    const options = { folder, purpose, tell: () => undefined, settings: FAST };
    const server = await startPostgres(bin ? { ...options, bin } : options);
    const stop = () => server.stop().finally(remove);
    return { config: server.connection, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The same server, another database. */
export function withDatabase(config: DatabaseConfig, database: string): DatabaseConfig {
  if (!('connectionString' in config)) return { ...config, database };
  return { connectionString: config.connectionString.replace(/^(\w+:\/\/[^/?]*)(\/[^?]*)?/, `$1/${database}`) };
}

/** Runs statements on a connection of its own. */
export async function runSql(config: DatabaseConfig, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client(clientConfig(config));
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The template of a run and all databases that were made from it. */
export async function databasesLike(config: DatabaseConfig, template: string): Promise<string[]> {
  const rows = await runSql(
    config,
    `select datname as name from pg_database where starts_with(datname, '${template}')`,
  );
  return rows.map((row) => row.name!);
}
