import { type DatabaseConfig, openDatabase } from '#platform/db.ts';
import { dropDatabase, newDatabase } from '#platform/testing.ts';
import { loadSample } from '../../sample/load.ts';

/** A database with a small sample company (600 tickets, 1,000 orders), to be cloned: nobody is connected to it. */
export async function sampleDatabase(scale = 0.02): Promise<{ config: DatabaseConfig; drop: () => Promise<void> }> {
  const config = await newDatabase();
  const db = openDatabase(config);
  await loadSample({ db, scale, seed: 1, onProgress: () => undefined });
  await db.close();
  return { config, drop: () => dropDatabase(config) };
}
