import { type ParsedCronItem, parseCronItems } from 'graphile-worker';
import { sql } from 'kysely';
import type { Database } from './db.ts';

const MINUTE_MS = 60_000;
/** A time that passed longer ago than this is not made up for. */
const MOST_MISSED_MS = 86_400_000;

/** The clock's jobs as graphile-worker wants them. It adds each once, whatever the number of processes. */
export function clockItems(clock: ReadonlyMap<string, string>, maxAttempts: number): ParsedCronItem[] {
  return parseCronItems(
    [...clock].map(([task, match]) => ({
      task,
      match,
      identifier: task,
      // Making up is ours: graphile-worker would add a job for each minute that passed.
      options: { backfillPeriod: 0, jobKey: `clock:${task}`, maxAttempts },
    })),
  );
}

/** Adds a job, once, for each clock job whose time passed in the last day while no server ran. */
export async function makeUpForMissed(database: Database, items: readonly ParsedCronItem[], now: Date): Promise<void> {
  const { rows } = await sql<{ identifier: string; last: Date }>`
    select identifier, coalesce(last_execution, known_since) as last
    from graphile_worker._private_known_crontabs`.execute(database.write);
  const known = new Map(rows.map(({ identifier, last }) => [identifier, last]));
  const until = new Date(now.getTime() - (now.getTime() % MINUTE_MS));
  for (const item of items) {
    const last = known.get(item.identifier);
    if (!last || !wasDue(item, last, until)) continue;
    // Whoever moves the time on adds the job: the other processes that start now find it moved.
    await sql`
      with moved as (
        update graphile_worker._private_known_crontabs set last_execution = ${until}
        where identifier = ${item.identifier} 
          and date_trunc('milliseconds', coalesce(last_execution, known_since)) = ${last} returning 1)
      select graphile_worker.add_job(${item.task}, payload => '{}'::json, job_key => ${item.options.jobKey ?? null}::text,
        max_attempts => ${item.options.maxAttempts ?? null}::int) from moved`.execute(database.write);
  }
}

/** Whether a minute after `last`, up to the present one, matches: graphile-worker begins with the next. */
function wasDue(item: ParsedCronItem, last: Date, until: Date): boolean {
  const first = Math.max(last.getTime() - (last.getTime() % MINUTE_MS) + MINUTE_MS, until.getTime() - MOST_MISSED_MS);
  for (let at = first; at <= until.getTime(); at += MINUTE_MS) {
    const time = new Date(at);
    const digest = {
      min: time.getUTCMinutes(),
      hour: time.getUTCHours(),
      date: time.getUTCDate(),
      month: time.getUTCMonth() + 1,
      dow: time.getUTCDay(),
    };
    if (item.match(digest)) return true;
  }
  return false;
}
