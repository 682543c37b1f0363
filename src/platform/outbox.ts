import { type Kysely, sql } from 'kysely';
import type { EventScope } from './context.ts';
import type { DB } from './db.gen.ts';
import { newId } from './values.ts';

export type NewEvent = {
  event: string;
  subjectId: string;
  scope?: EventScope | undefined;
  data?: Record<string, unknown> | undefined;
};

/** Writes events in the caller's transaction. A trigger on the table wakes the relay after the commit. */
export async function writeEvents(trx: Kysely<DB>, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await trx
    .insertInto('outbox')
    .values(
      events.map(({ event, subjectId, scope, data }) => ({
        id: newId(),
        event,
        subject_id: subjectId,
        data: JSON.stringify(data ?? {}),
        mall: scope?.mall ?? null,
        centre: scope?.centre ?? null,
        partner: scope?.partner ?? null,
        malls: scope?.malls ? [...scope.malls] : null,
        person: scope?.person ?? null,
        at: new Date(),
      })),
    )
    .execute();
}

/**
 * Gives committed events their position, in the order in which they became visible. Only the relay calls it, one
 * process at a time, so that positions have no gap that a later commit could fill: a reader who has seen position n
 * has seen all up to n. Answers how many were published.
 */
export async function publishEvents(db: Kysely<DB>, most = 1_000): Promise<number> {
  const published = await sql<{ position: number }>`
    with waiting as (
      select id, row_number() over (order by at, id) as n from outbox where position is null order by at, id limit ${most}
    ), last as (select coalesce(max(position), 0) as position from outbox)
    update outbox set position = last.position + waiting.n
    from waiting, last where outbox.id = waiting.id
    returning outbox.position`.execute(db);
  if (published.rows.length > 0) await sql`select pg_notify('haedap_live', '')`.execute(db);
  return published.rows.length;
}

export type PublishedEvent = {
  position: number;
  event: string;
  subjectId: string;
  data: unknown;
  mall: string | null;
  centre: string | null;
  partner: string | null;
  malls: string[] | null;
  person: string | null;
};

/** Published events after a position, in order. */
export async function eventsAfter(db: Kysely<DB>, position: number, most = 500): Promise<PublishedEvent[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['position', 'event', 'subject_id', 'data', 'mall', 'centre', 'partner', 'malls', 'person'])
    .where('position', '>', position)
    .orderBy('position')
    .limit(most)
    .execute();
  return rows.map(({ subject_id, position: at, ...row }) => ({ ...row, subjectId: subject_id, position: at ?? 0 }));
}

/** The newest published position, 0 when there is none; and the oldest that is still kept. */
export async function publishedRange(db: Kysely<DB>): Promise<{ oldest: number; newest: number }> {
  const row = await sql<{ oldest: number | null; newest: number | null }>`
    select min(position) as oldest, max(position) as newest from outbox`.execute(db);
  return { oldest: row.rows[0]?.oldest ?? 0, newest: row.rows[0]?.newest ?? 0 };
}
