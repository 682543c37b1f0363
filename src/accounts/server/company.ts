import type { Kysely } from 'kysely';
import { handle } from '#platform/context.ts';
import type { Open } from '#platform/scope.ts';
import { accounts } from '../contract.ts';

/** The company that this database is of; null before its set-up. */
export async function readCompany(db: Kysely<Open>) {
  const row = await db.selectFrom('company').select(['name', 'kind', 'set_up_at']).executeTakeFirst();
  return row ? { name: row.name, kind: row.kind as 'sample' | 'real', setUpAt: row.set_up_at } : null;
}

export const company = handle(accounts.operations.company, async (ctx) => ({ company: await readCompany(ctx.db) }));
