import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from './db.gen.ts';
import { type Listener, openListener } from './db-listen.ts';
import type { Connection } from './postgres-process.ts';

export type DatabaseConfig = { connectionString: string } | Connection;

export type Database = {
  write: Kysely<DB>;
  /** Its transactions are read-only: an insert fails. */
  read: Kysely<DB>;
  /** The pool of `write`, for COPY, advisory locks and libraries that want one. */
  pool: pg.Pool;
  config: DatabaseConfig;
  listen: Listener['listen'];
  close: () => Promise<void>;
};

const INT8: number = 20;
const INT8_ARRAY = 1016;
const NUMERIC = 1700;
const DATE = 1082;
const DATE_ARRAY = 1182;
const asText = (value: string): string => value;
const TEXT_ARRAY: number = 1009;
const textArray = pg.types.getTypeParser(TEXT_ARRAY) as (value: string) => (string | null)[];
const numberArray = (value: string): (number | null)[] => textArray(value).map((v) => (v === null ? null : Number(v)));

/** bigint and numeric (a sum of bigint) are numbers, since money stays below 10^12; a date is its text: `2026-11-12` belongs to no time zone. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format === 'binary') return pg.types.getTypeParser(oid, 'binary');
  if (oid === INT8 || oid === NUMERIC) return Number;
  if (oid === INT8_ARRAY) return numberArray;
  if (oid === DATE) return asText;
  if (oid === DATE_ARRAY) return textArray;
  return pg.types.getTypeParser(oid, 'text');
}

/** What `pg` needs to connect as the config says, with our types. */
export function clientConfig(config: DatabaseConfig): pg.ClientConfig {
  const shared = {
    types: { getTypeParser: getTypeParser as typeof pg.types.getTypeParser },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'haedap',
  };
  if ('connectionString' in config) return { ...shared, connectionString: config.connectionString };
  const { socketFolder: host, port, user, password, database } = config;
  return { ...shared, host, port, user, password, database };
}

function openPool(config: DatabaseConfig, max: number, options?: string): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(config),
    max,
    idleTimeoutMillis: 60_000,
    ...(options ? { options } : {}),
  });
  // A client that dies while idle is replaced at its next use; without a hearer the process would end.
  pool.on('error', () => undefined);
  // The same between two statements of a transaction: the next statement fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Nobody waits longer for an answer (`timeoutMs` of the host): a statement must not go on for nobody. */
const READ_TIMEOUT_MS = 25_000;

/** Opens the two pools, `max` connections each (10 unless told). Connects at first use. */
export function openDatabase(config: DatabaseConfig, { max = 10 }: { max?: number } = {}): Database {
  const pool = openPool(config, max);
  const readPool = openPool(config, max, `-c default_transaction_read_only=on -c statement_timeout=${READ_TIMEOUT_MS}`);
  const write = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const read = new Kysely<DB>({ dialect: new PostgresDialect({ pool: readPool }) });
  const listener = openListener(clientConfig(config));
  return {
    write,
    read,
    pool,
    config,
    listen: listener.listen,
    async close() {
      await listener.close();
      await Promise.all([write.destroy(), read.destroy()]);
      // Kysely ends only a pool that it has used itself.
      await Promise.all([pool, readPool].map((each) => (each.ending ? undefined : each.end())));
    },
  };
}
