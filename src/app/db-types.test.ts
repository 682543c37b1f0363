import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testDatabase } from '#platform/testing.ts';
import { generateTypes, TYPES_FILE } from './db-types.ts';

test('the generated types are those of the migrated database; if not: npm run db:types', async () => {
  const database = await testDatabase();
  expect(readFileSync(TYPES_FILE, 'utf8')).toBe(await generateTypes(database));
  await database.close();
});
