import { type Kysely, sql } from 'kysely';
import type { Open } from '#platform/scope.ts';
import { newSource, type Source, type SourceState } from '../rules/source.ts';

type Db = Kysely<Open>;

/** How a source stands; one that was never asked is well. */
export async function loadSource(db: Db, id: string, now: Date): Promise<Source> {
  const row = await db.selectFrom('connector_source').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? sourceOf(row) : newSource(now);
}

type Row = {
  state: string;
  since: Date;
  why: string | null;
  detail: string | null;
  last_ok_at: Date | null;
  failures: number;
  resume_at: Date | null;
  slow_streak: number;
};

export const sourceOf = (row: Row): Source => ({
  state: row.state as SourceState,
  since: row.since,
  why: row.why,
  detail: row.detail,
  lastOkAt: row.last_ok_at,
  failures: row.failures,
  resumeAt: row.resume_at,
  slowStreak: row.slow_streak,
});

/** Changes a source by a rule, in one transaction: two processes that ask at once lose no failure. */
export async function changeSource(db: Db, id: string, now: Date, change: (source: Source) => Source): Promise<Source> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`connector_source ${id}`}))`.execute(trx);
    const next = change(await loadSource(trx, id, now));
    const row = {
      state: next.state,
      since: next.since,
      why: next.why,
      detail: next.detail,
      last_ok_at: next.lastOkAt,
      last_at: now,
      failures: next.failures,
      resume_at: next.resumeAt,
      slow_streak: next.slowStreak,
      updated_at: now,
    };
    await trx
      .insertInto('connector_source')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    return next;
  });
}
