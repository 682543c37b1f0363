import type { Kysely } from 'kysely';
import type { Open } from '#platform/scope.ts';
import { type LaneNorm, type Norms, normsBy } from '../rules/delivery/transit.ts';

type Db = Kysely<Open>;
/** How the table writes 'all regions' and 'all weekdays'. */
const ALL_REGIONS = '';
const ALL_DAYS = -1;

/** What is normal, of all lanes or of one carrier's. */
export async function loadNorms(db: Db, carriers?: readonly string[]): Promise<Norms> {
  let rows = db.selectFrom('delivery_norm').selectAll();
  if (carriers) rows = rows.where('carrier', 'in', carriers.length > 0 ? [...carriers] : ['']);
  const norms = await rows.execute();
  return normsBy(
    norms.map((row) => ({
      carrier: row.carrier,
      region: row.region === ALL_REGIONS ? null : row.region,
      weekday: row.weekday === ALL_DAYS ? null : row.weekday,
      n: row.n,
      p50Hours: row.p50_hours,
      p95Hours: row.p95_hours,
    })),
  );
}

/** Replaces all norms; the caller's transaction makes it one change. */
export async function saveNorms(db: Db, norms: readonly LaneNorm[]): Promise<void> {
  await db.deleteFrom('delivery_norm').execute();
  for (let from = 0; from < norms.length; from += 1_000) {
    await db
      .insertInto('delivery_norm')
      .values(
        norms.slice(from, from + 1_000).map((norm) => ({
          carrier: norm.carrier,
          region: norm.region ?? ALL_REGIONS,
          weekday: norm.weekday ?? ALL_DAYS,
          n: norm.n,
          p50_hours: norm.p50Hours,
          p95_hours: norm.p95Hours,
        })),
      )
      .execute();
  }
}

/** Up to when the norms are true; null before the first count. */
export async function normsUpTo(db: Db): Promise<Date | null> {
  return (await db.selectFrom('delivery_state').select('up_to').executeTakeFirst())?.up_to ?? null;
}
