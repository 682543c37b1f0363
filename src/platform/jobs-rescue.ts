import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { clientConfig, type Database } from './db.ts';

/** Second part of the advisory locks that say which workers live; the first is the hash of the worker's id. */
const SEED = 7_201;

/**
 * Says that a worker lives, by an advisory lock on a connection of its own, for as long as its process does: it ends
 * with the process, however that dies. Taken again after a loss of the connection. Returns a stop function.
 */
export function stayAlive(database: Database, workerId: string): () => Promise<void> {
  let client: pg.Client | null = null;
  let stopped = false;
  async function hold(): Promise<void> {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, 2_000)) {
      const fresh = new pg.Client({ ...clientConfig(database.config), application_name: 'haedap-worker' });
      const lost = new Promise<void>((resolve) => {
        fresh.on('error', () => resolve());
        fresh.on('end', () => resolve());
      });
      try {
        await fresh.connect();
        await fresh.query('select pg_advisory_lock(hashtextextended($1, $2))', [workerId, SEED]);
        client = fresh;
        wait = 100;
        // A stop meanwhile found no client to end.
        if (!stopped) await lost;
      } catch {
        // Ended below.
      }
      await fresh.end().catch(() => undefined);
      client = null;
      if (!stopped) await sleep(wait, undefined, { ref: false });
    }
  }
  const held = hold();
  return async () => {
    stopped = true;
    await client?.end().catch(() => undefined);
    await held;
  };
}

/** Workers that hold jobs and whose process is gone. */
async function deadWorkers(database: Database): Promise<string[]> {
  const { rows } = await sql<{ worker: string }>`
    with alive as (
      select (classid::bigint << 32) | objid::bigint as key from pg_locks
      where locktype = 'advisory' and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
    ), holding as (
      select locked_by as worker from graphile_worker._private_jobs where locked_by is not null
      union select locked_by from graphile_worker._private_job_queues where locked_by is not null
    )
    select worker from holding where hashtextextended(worker, ${SEED}) not in (select key from alive)`.execute(
    database.write,
  );
  return rows.map(({ worker }) => worker);
}

/**
 * Gives back the jobs of workers that died (graphile-worker itself waits four hours). A worker counts as dead when it
 * is missing twice in a row, so that one whose connection is just being made again keeps its jobs.
 */
export function startRescue(
  database: Database,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  let suspects = new Set<string>();
  async function look(): Promise<void> {
    const missing = await deadWorkers(database);
    const dead = missing.filter((worker) => suspects.has(worker));
    suspects = new Set(missing.filter((worker) => !dead.includes(worker)));
    if (dead.length === 0) return;
    await sql`select graphile_worker.force_unlock_workers(${dead}::text[])`.execute(database.write);
    await buryExhausted(database);
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await look().catch((error) => stopping.signal.aborted || onError(error));
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** A job whose last attempt died with its process is a dead letter: its bar must not go on. */
async function buryExhausted(database: Database): Promise<void> {
  await sql`
    update job_run set state = 'failed', finished_at = now(), error = 'the server died while the job ran'
    from graphile_worker._private_jobs j
    where j.id = job_run.job_id and job_run.state = 'running' and j.locked_by is null
      and j.attempts >= j.max_attempts`.execute(database.write);
}
