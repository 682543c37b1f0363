import { EventEmitter } from 'node:events';
import { type JobHelpers, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { SYSTEM } from './actors.ts';
import { maskForAudit } from './audit-mask.ts';
import type { JobContext, JobHandler, JobOptions } from './context.ts';
import type { DB } from './db.gen.ts';
import { clientConfig, type Database } from './db.ts';
import { clockItems, makeUpForMissed } from './jobs-clock.ts';
import { startRescue, stayAlive } from './jobs-rescue.ts';
import {
  awaitRetry,
  endRun,
  JobCancelled,
  JobInterrupted,
  keepProgress,
  keepResult,
  startRun,
  watchJob,
} from './jobs-run.ts';
import { workerLogger } from './jobs-schema.ts';
import { pause } from './leader.ts';
import { Refusal } from './operation.ts';
import type { Pipeline } from './pipeline.ts';
import { type Open, scopedDb } from './scope.ts';
import { newId } from './values.ts';

/** Attempts of a job before it is a dead letter; with the growing pauses between them about four hours. */
const MOST_ATTEMPTS = 10;
/** Progress is written at most this often, and cancelling is seen at most this late. */
const PROGRESS_EVERY_MS = 250;
const RESCUE_EVERY_MS = 10_000;
/** Jobs that become due by time, or whose queue was busy, are looked for this often; others start by a notice. */
const POLL_EVERY_MS = 1_000;

/**
 * Adds a job in the caller's transaction: it starts after the commit, or never if that does not come. Answers its id.
 * With `watchedBy` the job has a bar on the jobs screen from the start.
 */
export async function addJob(
  trx: Kysely<DB>,
  name: string,
  payload: Record<string, unknown>,
  options: JobOptions = {},
): Promise<string> {
  const { runAt, maxAttempts = MOST_ATTEMPTS, key, queue, watchedBy } = options;
  const { rows } = await sql<{ id: string }>`
    select (graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json,
      queue_name => ${queue ?? null}::text, run_at => ${runAt ?? null}::timestamptz,
      max_attempts => ${maxAttempts}::int, job_key => ${key ?? null}::text)).id::text as id`.execute(trx);
  const id = rows[0]?.id ?? '';
  if (watchedBy) await watchJob(trx, { id, name, by: watchedBy });
  return id;
}

export type JobsOptions = {
  database: Database;
  pipeline: Pipeline;
  /** Jobs that this process runs at once. */
  concurrency?: number;
  rescueEveryMs?: number;
  onProblem: (message: string, error?: unknown) => void;
};

/** Runs the rooms' jobs in this process, and adds those of the clock. The stop function waits for running jobs. */
export async function startJobs(options: JobsOptions): Promise<() => Promise<void>> {
  const { database, pipeline, rescueEveryMs = RESCUE_EVERY_MS, onProblem } = options;
  const stopping = new AbortController();
  const interrupted = new Set<string>();
  const tasks: TaskList = {};
  for (const [name, handler] of pipeline.registry.jobs) {
    tasks[name] = (payload, helpers) =>
      runJob({ ...options, stopping: stopping.signal, interrupted }, handler, payload as Payload, helpers);
  }
  let runner = await startRunner(options, tasks);
  const running = (async () => {
    for (;;) {
      await runner.ended;
      if (stopping.signal.aborted) return;
      onProblem('the job runner ended; it starts again');
      runner = await restart(options, tasks, stopping.signal, runner);
    }
  })();
  const stopRescue = startRescue(database, rescueEveryMs, (error) =>
    onProblem('the rescue of lost jobs failed', error),
  );
  return async () => {
    stopping.abort();
    await stopRescue();
    await runner.stop();
    await running;
    await giveBack(database, [...interrupted]);
  };
}

type Payload = Record<string, unknown>;
type Running = { stop: () => Promise<void>; ended: Promise<void> };

async function startRunner(options: JobsOptions, tasks: TaskList): Promise<Running> {
  const { database, pipeline, concurrency = 4, onProblem } = options;
  const alive: (() => Promise<void>)[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => alive.push(stayAlive(database, workerPool.id)));
  // The runner listens on a connection for as long as it lives: those of the pool are for requests.
  const pgPool = new pg.Pool({ ...clientConfig(database.config), max: concurrency + 2 });
  pgPool.on('error', () => undefined);
  // A connection that breaks while in use is an error of its query, not the end of the process.
  pgPool.on('connect', (client) => client.on('error', () => undefined));
  const clock = clockItems(pipeline.registry.clock, MOST_ATTEMPTS);
  await makeUpForMissed(database, clock, new Date());
  const close = async () => void (await Promise.all([...alive.map((stop) => stop()), pgPool.end()]));
  const starting = run({
    pgPool,
    taskList: tasks,
    parsedCronItems: clock,
    concurrency,
    pollInterval: POLL_EVERY_MS,
    // Without batches graphile-worker waits for neither: a stop would leave finished jobs locked, and a database that
    // is away would end the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    noHandleSignals: true,
    logger: workerLogger(onProblem),
    events,
  });
  const runner = await starting.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const ended = runner.promise.catch((error) => onProblem('the job runner failed', error)).then(close);
  return { stop: () => runner.stop().catch(() => undefined), ended };
}

async function restart(options: JobsOptions, tasks: TaskList, stopped: AbortSignal, last: Running): Promise<Running> {
  for (;;) {
    await pause(1_000, stopped);
    if (stopped.aborted) return last;
    try {
      return await startRunner(options, tasks);
    } catch (error) {
      options.onProblem('the job runner cannot start', error);
    }
  }
}

/** Jobs that a stop cut off lose neither an attempt nor time. */
async function giveBack(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update graphile_worker._private_jobs set run_at = now(), attempts = greatest(attempts - 1, 0), last_error = null
    where id = any(${ids}::bigint[]) and locked_by is null`.execute(database.write);
}

type Run = JobsOptions & { stopping: AbortSignal; interrupted: Set<string> };

async function runJob(run: Run, handler: JobHandler, payload: Payload, { job }: JobHelpers): Promise<void> {
  const db = run.database.write;
  const it = { id: String(job.id), name: job.task_identifier, watched: false };
  try {
    it.watched = await startRun(db, it.id);
    await handler(contextOf(run, it, job.attempts), payload);
    if (it.watched) await endRun(db, it, { state: 'done' });
  } catch (error) {
    if (error instanceof JobCancelled) return await endRun(db, it, { state: 'cancelled' });
    const interrupted = error instanceof JobInterrupted;
    if (interrupted) run.interrupted.add(it.id);
    else run.onProblem(`job ${it.name} ${it.id} failed at attempt ${job.attempts}`, error);
    const why = maskForAudit(error instanceof Error ? error.message : String(error)) as string;
    if (job.attempts >= job.max_attempts && !interrupted) await endRun(db, it, { state: 'failed', error: why });
    else await awaitRetry(db, it.id, why);
    throw new Error(why);
  }
}

type Job = { id: string; name: string; watched: boolean };

function contextOf(run: Run, job: Job, attempt: number): JobContext {
  const { database, pipeline, stopping } = run;
  const requestId = newId();
  let written = 0;
  return {
    db: database.write as unknown as Kysely<Open>,
    scoped: scopedDb(database.write, 'everything'),
    actor: SYSTEM,
    language: SYSTEM.language,
    now: new Date(),
    requestId,
    jobId: job.id,
    attempt,
    run: async (operation, input, key) => {
      const call = { operation: operation.name, input, actor: SYSTEM, language: SYSTEM.language, requestId, key };
      return answerOf(await pipeline.execute(call)) as never;
    },
    progress: async (done, note) => {
      if (stopping.aborted) throw new JobInterrupted();
      if (done < 1 && Date.now() - written < PROGRESS_EVERY_MS) return;
      written = Date.now();
      job.watched = true;
      await keepProgress(database.write, job, done, note);
    },
    result: (made) => keepResult(database.write, job.id, made),
  };
}

/** A refusal comes back as one; anything else that is no success is a bug of the job and fails it. */
function answerOf({ status, body }: { status: number; body: unknown }): unknown {
  if (status === 200) return body;
  const { code, facts } = body as { code: string; facts?: object };
  if (status === 404 || status === 409) return new Refusal(code, facts ?? {});
  throw new Error(`${code} (${status})`);
}
