import pg from 'pg';
import { clientConfig, type DatabaseConfig } from './db.ts';

/** The same server, another database. */
export function withDatabase(config: DatabaseConfig, database: string): DatabaseConfig {
  if (!('connectionString' in config)) return { ...config, database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.toString() };
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
