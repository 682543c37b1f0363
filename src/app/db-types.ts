import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate, PostgresDialect } from 'kysely-codegen';
import { type Database, openDatabase } from '#platform/db.ts';
import { migrate } from '#platform/migrate.ts';
import { temporaryServer } from '#platform/testing-server.ts';

export const TYPES_FILE = fileURLToPath(new URL('../platform/db.gen.ts', import.meta.url));

/** Types of a migrated database's tables, as `src/platform/db.gen.ts` holds them. */
export function generateTypes(database: Database): Promise<string> {
  return generate({
    db: database.read,
    dialect: new PostgresDialect({ dateParser: 'string', numericParser: 'number' }),
    // Our own tables: those of the job queue and the list of migrations are reached by SQL only.
    defaultSchemas: ['public'],
    includePattern: 'public.*',
    excludePattern: 'public.schema_migration',
    typeMapping: { int8: 'number' },
    outFile: null,
  });
}

/** `npm run db:types`: writes the file; with `--check` only says whether it is stale. */
async function main(): Promise<void> {
  const server = await temporaryServer('db:types');
  const database = openDatabase(server.config);
  try {
    await migrate(server.config);
    const text = await generateTypes(database);
    const stale = readFileSync(TYPES_FILE, 'utf8') !== text;
    if (process.argv.includes('--check')) {
      process.exitCode = stale ? 1 : 0;
      console.log(stale ? 'src/platform/db.gen.ts is stale: npm run db:types' : 'src/platform/db.gen.ts is up to date');
    } else if (stale) writeFileSync(TYPES_FILE, text);
  } finally {
    await database.close();
    await server.stop();
  }
}

if (import.meta.main) await main();
