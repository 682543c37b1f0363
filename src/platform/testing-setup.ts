import type { TestProject } from 'vitest/node';
import { migrate } from './migrate.ts';
import { databasesLike, runSql, temporaryServer, withDatabase } from './testing-server.ts';

/** Once a run: a server (the embedded one, or that of DATABASE_URL) and a migrated template database on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL;
  const server = url
    ? { config: { connectionString: url }, stop: async () => undefined }
    : await temporaryServer('vitest');
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
