import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { checkServer, connectFault, serverFacts } from './database-check.ts';
import { clientConfig, type DatabaseConfig } from './db.ts';
import { diskFull, errorCode, Fault, type Tell } from './fault.ts';
import { migrateJobs } from './jobs-schema.ts';

export type Migration = { name: string; sql: string; checksum: string };

/** The project's own migrations. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
const NAME = /^\d{8}T\d{4}_[a-z]+_[a-z0-9_]+\.sql$/;
/** Held while migrating, on a session of its own: any number of processes may start at once. */
const LOCK = 7_244_100_315;

const TABLE = `create table if not exists schema_migration (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
)`;

/** The migrations of a folder, in the order of their names. */
export function readMigrations(folder = MIGRATIONS_FOLDER): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const odd = names.find((name) => !NAME.test(name));
  if (odd) throw new Error(`${odd}: a migration is named <YYYYMMDDTHHMM>_<room>_<what>.sql`);
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** Those still to apply. Faults: `database_newer`, `migration_changed`. */
export function pendingMigrations(all: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Map(all.map((migration) => [migration.name, migration.checksum]));
  const strange = [...applied.keys()].find((name) => !known.has(name));
  if (strange) {
    throw new Fault('database_newer', {
      ko: `데이터베이스는 더 새로운 Haedap이 바꾼 것입니다(${strange}). 그 버전 이상으로 시작하세요. 바뀐 것은 없습니다.`,
      en: `The database was changed by a newer Haedap (${strange}). Start with that version or a later one. Nothing was changed.`,
    });
  }
  const changed = [...applied].find(([name, checksum]) => known.get(name) !== checksum)?.[0];
  if (changed) {
    throw new Fault('migration_changed', {
      ko: `이미 적용한 ${changed}의 내용이 그 뒤에 바뀌었습니다. 파일을 되돌리고 새 마이그레이션을 더하세요. 바뀐 것은 없습니다.`,
      en: `${changed} was edited after it had been applied. Restore the file and add a new migration. Nothing was changed.`,
    });
  }
  return all.filter((migration) => !applied.has(migration.name));
}

function failed(migration: Migration, error: unknown): Fault {
  const why = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === '53100') return diskFull(migration.name, error);
  return new Fault(
    'migration_failed',
    {
      ko: `데이터베이스 변경 ${migration.name}이 실패했습니다: ${why}\n이 변경은 전부 되돌렸고, 데이터베이스는 이전 상태 그대로입니다. 예전 버전으로 계속 쓸 수 있습니다.`,
      en: `The database change ${migration.name} failed: ${why}\nIt was rolled back as a whole; the database is as it was, and the earlier version still runs on it.`,
    },
    { cause: error },
  );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    const before = await transactionId(client);
    await client.query(migration.sql);
    if ((await transactionId(client)) !== before) throw new Error('it ends its own transaction (commit or rollback)');
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw failed(migration, error);
  }
}

async function transactionId(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return rows[0]!.id;
}

async function connect(config: DatabaseConfig): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(config));
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw connectFault(error, config);
  }
  return client;
}

async function lock(client: pg.Client, tell: Tell): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LOCK]);
  if (rows[0]?.taken) return;
  tell({
    ko: '다른 프로세스가 데이터베이스를 준비하는 동안 기다립니다 …',
    en: 'Another process prepares the database; waiting …',
  });
  await client.query('select pg_advisory_lock($1)', [LOCK]);
}

async function appliedTo(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migration order by name',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/**
 * Brings the database to this version's state: each migration in a transaction of its own, under a lock, so that
 * several processes may start at once. Answers the names it applied. Faults: those of `serverFacts`, `checkServer`
 * and `pendingMigrations`, `migration_failed`, `disk_full`.
 */
export async function migrate(
  config: DatabaseConfig,
  options: { migrations?: readonly Migration[]; tell?: Tell; now?: Date } = {},
): Promise<string[]> {
  const { migrations = readMigrations(), tell = () => undefined, now } = options;
  checkServer(await serverFacts(config), now ?? new Date());
  const client = await connect(config);
  try {
    await lock(client, tell);
    await client.query(TABLE);
    const pending = pendingMigrations(migrations, await appliedTo(client));
    for (const migration of pending) await apply(client, migration);
    if (!options.migrations) await migrateJobs(clientConfig(config));
    return pending.map((migration) => migration.name);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Names of the migrations that the next start will apply; changes nothing. Faults: those of `pendingMigrations`. */
export async function waitingMigrations(config: DatabaseConfig): Promise<string[]> {
  const client = await connect(config);
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('schema_migration') is not null as there`,
    );
    const applied = rows[0]?.there ? await appliedTo(client) : new Map<string, string>();
    return pendingMigrations(readMigrations(), applied).map((migration) => migration.name);
  } finally {
    await client.end().catch(() => undefined);
  }
}
