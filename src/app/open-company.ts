import { fileURLToPath } from 'node:url';
import { checkClock } from '#platform/clock.ts';
import { type DataFolder, dataPath, keptSecret, openDataFolder } from '#platform/data-folder.ts';
import { parseDatabaseUrl } from '#platform/database-check.ts';
import { type Database, type DatabaseConfig, openDatabase } from '#platform/db.ts';
import { Fault, type Tell } from '#platform/fault.ts';
import { migrate } from '#platform/migrate.ts';
import { type Postgres, runningPostgres, startPostgres } from '#platform/postgres.ts';
import { version } from './version.ts';

/** The folder that Haedap was installed in. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A company's data, open: its folder, its database at this version, the secret that signs sessions. */
export type Company = {
  folder: DataFolder;
  database: Database;
  secret: string;
  /** The embedded server when this process runs it. */
  postgres: Postgres | null;
  close: () => Promise<void>;
};

/** `HAEDAP_SECRET`, the same for all processes of a company, else one that is kept in the data folder. */
export function companySecret(folder: DataFolder, env = process.env): string {
  const given = env.HAEDAP_SECRET;
  if (given === undefined || given === '') return keptSecret(folder, 'secret');
  if (given.length >= 32) return given;
  throw new Fault('secret_too_short', {
    ko: 'HAEDAP_SECRET은 32자 이상이어야 합니다. 예: `openssl rand -base64 32`',
    en: 'HAEDAP_SECRET must have 32 characters or more. Example: `openssl rand -base64 32`',
  });
}

type OpenOptions = { purpose: string; tell: Tell; share?: boolean; folder?: DataFolder };
type Reached = { config: DatabaseConfig; postgres: Postgres | null };

/** The database of DATABASE_URL; else that of a running Haedap (if `share`), else the embedded one, started here. */
async function reachDatabase(folder: DataFolder, purpose: string, tell: Tell, share: boolean): Promise<Reached> {
  const url = process.env.DATABASE_URL;
  if (url) return { config: parseDatabaseUrl(url), postgres: null };
  const running = share ? await runningPostgres(folder) : null;
  if (running) return { config: running, postgres: null };
  const postgres = await startPostgres({ folder, purpose, tell });
  return { config: postgres.connection, postgres };
}

/** The data folder, checked: `HAEDAP_DATA`, else `data` beside the program. Faults: those of `openDataFolder`, `clock_wrong`. */
export function openFolder(now = new Date()): DataFolder {
  const folder = openDataFolder(dataPath(ROOT), version);
  checkClock(folder, now);
  return folder;
}

/**
 * Opens the company for a command: the data folder, the database, its migrations. `share`: beside a Haedap that
 * already runs on the same data folder. `close` leaves everything as it was running. Faults: those of the parts.
 */
export async function openCompany(options: OpenOptions): Promise<Company> {
  const { purpose, tell, share = true, folder = openFolder() } = options;
  const secret = companySecret(folder);
  const { config, postgres } = await reachDatabase(folder, purpose, tell, share);
  try {
    const applied = await migrate(config, { tell });
    if (applied.length > 0) {
      tell({
        ko: `데이터베이스 변경 ${applied.length}건을 적용했습니다.`,
        en: `Applied ${applied.length} database changes.`,
      });
    }
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
  const database = openDatabase(config);
  return {
    folder,
    database,
    secret,
    postgres,
    async close() {
      await database.close();
      await postgres?.stop();
    },
  };
}
