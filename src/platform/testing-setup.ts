import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDataFolder } from './data-folder.ts';
import type { DatabaseConfig } from './db.ts';
import { migrate } from './migrate.ts';
import { startPostgres } from './postgres.ts';
import { ROOT_LIBRARY } from './postgres-binaries.ts';
import { databasesLike, runSql, withDatabase } from './testing-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, and the migrated database that each test's own is copied from. */
    testServer: { config: DatabaseConfig; template: string };
  }
}

/** Nothing of a test run has to survive a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

async function embedded(): Promise<{ config: DatabaseConfig; stop: () => Promise<void> }> {
  const path = mkdtempSync(join(tmpdir(), 'haedap-test-'));
  await chmod(path, 0o711);
  const folder = openDataFolder(path, '0');
  const server = await startPostgres({ folder, purpose: 'vitest', tell: () => undefined, settings: FAST });
  return {
    config: server.connection,
    async stop() {
      await server.stop();
      rmSync(path, { recursive: true, force: true });
      if (process.getuid?.() === 0) rmSync(join(ROOT_LIBRARY, folder.hash), { recursive: true, force: true });
    },
  };
}

/** Once a run: a server (the embedded one, or that of DATABASE_URL) and a migrated template database on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL;
  const server = url ? { config: { connectionString: url }, stop: async () => undefined } : await embedded();
  const template = `haedap_template_${process.pid}`;
  await runSql(server.config, `create database ${template} encoding 'UTF8' locale 'C.UTF-8' template template0`);
  await migrate(withDatabase(server.config, template));
  project.provide('testServer', { config: server.config, template });
  return async () => {
    for (const name of await databasesLike(server.config, template)) {
      await runSql(server.config, `drop database ${name} with (force)`);
    }
    await server.stop();
  };
}
