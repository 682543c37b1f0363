import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Fault } from '#platform/fault.ts';
import type { Loaded } from '../../sample/load.ts';
import { type Company, ROOT } from './open-company.ts';

/** Held while the sample is loaded: of several processes that start at once, one loads. */
const LOCK = 7_244_100_316;

export type SampleOptions = { scale: number; seed: number; onProgress: (done: number, note?: string) => void };

/** Whether there is no company yet, neither a sample nor a real one. */
export async function isEmpty({ database }: Company): Promise<boolean> {
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

/**
 * Loads the sample company in a process of its own (`haedap sample`), whose memory goes with it: the server keeps
 * running for months. Does nothing when a company is there. Fault: `sample_failed`; the database is empty then.
 */
export async function loadApart(company: Company): Promise<void> {
  if (!(await isEmpty(company))) return;
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'haedap.mjs'), 'sample'], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0 || !(await isEmpty(company))) return;
  throw new Fault('sample_failed', {
    ko: '예시 회사를 만들지 못했습니다. 위의 까닭을 고친 뒤 다시 시작하거나, --no-sample로 예시 없이 시작하세요. 데이터베이스는 비어 있습니다.',
    en: 'The sample company could not be made. Mend the reason above and start again, or start without it by --no-sample. The database is empty.',
  });
}
