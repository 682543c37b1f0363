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

/** When a centre answers, Korean wall-clock on business days; nine to six where the centre is not known any more. */
export async function centreHours(db: Kysely<Open>, centre: string): Promise<{ open: string; close: string }> {
  const row = await db.selectFrom('centre').select(['opens', 'closes']).where('id', '=', centre).executeTakeFirst();
  return { open: (row?.opens ?? '09:00').slice(0, 5), close: (row?.closes ?? '18:00').slice(0, 5) };
}

/** Those of some people who are not there: disabled, or signed in nowhere. */
export async function peopleOff(db: Kysely<Open>, ids: readonly string[], now: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select p.id from person p where p.id = any(${sql.val([...ids])}) and p.disabled_at is null
      and exists (select 1 from session s where s.person_id = p.id and s.expires_at > ${now})`.execute(
    db as unknown as Kysely<DB>,
  );
  const there = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !there.has(id)));
}

/** Who leads at a mall in a centre and may sign in: shift leads first, then managers; those who are there first. */
export async function leadsAt(
  db: Kysely<Open>,
  { mall, centre }: { mall: string; centre: string },
  now: Date,
): Promise<{ id: string; name: string; role: string }[]> {
  const { rows } = await sql<{ id: string; name: string; role: string }>`
    select p.id, p.name, g.role from role_grant g join person p on p.id = g.person_id
    where p.disabled_at is null and g.role in ('shift_lead', 'manager')
      and (g.malls is null or ${mall} = any(g.malls)) and (g.centres is null or ${centre} = any(g.centres))
    order by not exists (select 1 from session s where s.person_id = p.id and s.expires_at > ${now}),
      g.role desc, p.name, p.id`.execute(db as unknown as Kysely<DB>);
  return rows;
}

/** How many people who may sign in have a role for a mall, in a centre or (null) wherever. */
export async function peopleWith(
  db: Kysely<Open>,
  { role, mall, centre }: { role: string; mall: string; centre: string | null },
): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(distinct p.id)::int as many from role_grant g join person p on p.id = g.person_id
    where p.disabled_at is null and g.role = ${role} and (g.malls is null or ${mall} = any(g.malls))
      and (${centre}::text is null or g.centres is null or ${centre} = any(g.centres))`.execute(
    db as unknown as Kysely<DB>,
  );
  return rows[0]?.many ?? 0;
}

/** All centres by their short code. */
export async function centresKnown(db: Kysely<Open>): Promise<{ id: string; name: { ko: string; en: string } }[]> {
  const rows = await db
    .selectFrom('centre')
    .select(['id', 'name_ko', 'name_en'])
    .orderBy('kind', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name_ko, name_en }) => ({ id, name: { ko: name_ko, en: name_en } }));
}

/** Somebody who may sign in. */
export async function personKnown(db: Kysely<Open>, id: string): Promise<{ id: string; name: string } | null> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Where somebody works with customers: their centres and malls, null for all; null when they may not sign in or do not. */
export async function deskOf(db: Kysely<Open>, person: string, mall: string) {
  const { rows } = await sql<{ name: string; centres: string[] | null }>`
    select p.name, g.centres from role_grant g join person p on p.id = g.person_id
    where p.id = ${person} and p.disabled_at is null and (g.malls is null or ${mall} = any(g.malls))
      and g.role in ('agent', 'senior_agent', 'shift_lead', 'manager', 'head')
    order by g.centres is not null limit 1`.execute(db as unknown as Kysely<DB>);
  return rows[0] ?? null;
}
