import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Open } from '#platform/scope.ts';

/** How many people who may sign in answer contacts of a mall in its centre, and how many lead them. */
export async function peopleAt(
  db: Kysely<Open>,
  mall: string,
  centre: string,
): Promise<{ agents: number; leads: number }> {
  const { rows } = await sql<{ agents: number; leads: number }>`
    select count(distinct p.id) filter (where g.role in ('agent', 'senior_agent'))::int as agents,
      count(distinct p.id) filter (where g.role in ('shift_lead', 'manager'))::int as leads
    from role_grant g join person p on p.id = g.person_id
    where p.disabled_at is null and (g.malls is null or ${mall} = any(g.malls))
      and (g.centres is null or ${centre} = any(g.centres))`.execute(db as unknown as Kysely<DB>);
  return rows[0] ?? { agents: 0, leads: 0 };
}
