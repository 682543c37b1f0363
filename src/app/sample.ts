import { sql } from 'kysely';
import type { Loaded } from '../../sample/load.ts';
import type { Company } from './open-company.ts';

/** Held while the sample is loaded: of several processes that start at once, one loads. */
const LOCK = 7_244_100_316;

export type SampleOptions = { scale: number; seed: number; onProgress: (done: number, note?: string) => void };

async function isEmpty({ database }: Company): Promise<boolean> {
  const company = await database.write.selectFrom('company').select('id').limit(1).executeTakeFirst();
  return company === undefined;
}

/** Loads the sample company into an empty database; null when a company is there already. */
export async function loadIntoEmpty(company: Company, options: SampleOptions): Promise<Loaded | null> {
  if (!(await isEmpty(company))) return null;
  return company.database.write.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      if (!(await isEmpty(company))) return null;
      const { loadSample } = await import('../../sample/load.ts');
      return await loadSample({ db: company.database, ...options });
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}
