import pg from 'pg';
import { clientConfig, type Database } from './db.ts';

const RETRY_MS = 1_000;

/**
 * Runs `work` in one process of the cluster at a time: the one that holds the advisory lock. `work` is called with a
 * signal that aborts on loss of the lock or on stop; when it ends or throws, the lock is taken again after a second.
 * Returns a stop function that waits for the end of `work`.
 */
export function lead(
  database: Database,
  lock: number,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      await tenure(database, lock, work, stop.signal).catch((error) => stop.signal.aborted || onError(error));
      await pause(RETRY_MS, stop.signal);
    }
  })();
  return async () => {
    stop.abort();
    await running;
  };
}

async function tenure(
  database: Database,
  lock: number,
  work: (signal: AbortSignal) => Promise<void>,
  stopped: AbortSignal,
): Promise<void> {
  // A connection of its own, direct: the lock lives as long as it, and the pool's are for requests.
  const client = new pg.Client(clientConfig(database.config));
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  await client.connect();
  const over = AbortSignal.any([lost.signal, stopped]);
  try {
    while (!over.aborted) {
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lock]);
      if (rows[0]?.held) return await work(over);
      await pause(RETRY_MS, over);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Waits, or returns early when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
