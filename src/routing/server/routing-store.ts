import type { QueryContext } from '#platform/context.ts';
import type { Rule } from '../rules/route.ts';

type Db = Pick<QueryContext, 'db'>;

/** The rules in effect; null while none are. */
export async function activeRules({ db }: Db): Promise<{ version: number; rules: Rule[] } | null> {
  const row = await db
    .selectFrom('routing_version')
    .select(['version', 'rules'])
    .where('activated_at', 'is not', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row ? { version: row.version, rules: row.rules as unknown as Rule[] } : null;
}

export const isEverywhere = ({ actor }: Pick<QueryContext, 'actor'>): boolean =>
  actor.kind === 'system' || actor.grants.some(({ malls, centres }) => malls === null && centres === null);
