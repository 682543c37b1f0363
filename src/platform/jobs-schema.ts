import { Logger, makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';

/** graphile-worker speaks up only when something is wrong; failed jobs are told by who runs them. */
export const workerLogger = (onProblem: (message: string, error?: unknown) => void): Logger =>
  new Logger(() => (level, message, meta) => {
    if ((level === 'error' || level === 'warning') && !meta?.failure) onProblem(message, meta?.error);
  });

/** Brings graphile-worker's own schema (`graphile_worker`) up to date. Several processes may do it at once. */
export async function migrateJobs(config: pg.PoolConfig): Promise<void> {
  const pgPool = new pg.Pool({ ...config, max: 1 });
  pgPool.on('error', () => undefined);
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const worker = await makeWorkerUtils({ pgPool, logger: workerLogger(() => undefined) });
    await worker.migrate();
    await worker.release();
  } finally {
    await pgPool.end();
  }
}
