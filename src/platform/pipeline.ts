import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditChange } from './audit.ts';
import { writeAudit } from './audit.ts';
import type { CommandContext, EventOptions, JobOptions, QueryContext } from './context.ts';
import type { DB } from './db.gen.ts';
import type { Database } from './db.ts';
import { addJob } from './jobs.ts';
import { type Actor, type Language, Refusal } from './operation.ts';
import { writeEvents } from './outbox.ts';
import { type Problem, parseInput, problem, refusalProblem } from './problem.ts';
import { type Entry, may, type Registry } from './registry.ts';
import { type Open, scopedDb, scopeFor } from './scope.ts';

/** A request for an operation, from whatever surface: HTTP, command line, a job. */
export type Call = {
  operation: string;
  input: unknown;
  actor: Actor | null;
  language: Language;
  requestId: string;
  /** `Idempotency-Key`: the same key and body gets the first answer again. */
  key?: string | undefined;
  origin?: { ip: string; userAgent: string } | undefined;
};

export type Reply = { status: number; body: unknown; refreshes: readonly string[] };
export type Pipeline = { registry: Registry; execute: (call: Call) => Promise<Reply> };

type Recorded = { event: string; subjectId: string; options: EventOptions };
/** Carries a refusal out of the transaction, so that it rolls back. */
class RolledBack extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super('refused');
    this.reply = reply;
  }
}

const ATTEMPTS = 3;
/** Longest single statement of a command. */
const COMMAND_TIMEOUT_MS = 20_000;
/** Serialisation failure and deadlock: the transaction did nothing and may be run again. */
const AGAIN = new Set(['40001', '40P01']);

/**
 * The one way to run an operation: permission, input, idempotency, transaction, row scope, handler, audit, outbox,
 * masking. Answers a status and a body; expected failures are problem documents, only bugs throw.
 *
 * `checkOutput` parses each answer against its contract and throws when it differs; tests turn it on.
 */
export function createPipeline(options: {
  database: Database;
  registry: Registry;
  now?: () => Date;
  checkOutput?: boolean;
}): Pipeline {
  const { database, registry, now = () => new Date(), checkOutput = false } = options;

  function finish(entry: Entry, answer: unknown, language: Language): Reply {
    if (answer instanceof Refusal) {
      const body = refusalProblem(answer, entry.operation.refusals ?? {}, language);
      return { status: body.status, body, refreshes: [] };
    }
    if (checkOutput) entry.operation.output.parse(answer);
    const body = entry.mask ? entry.mask(answer) : answer;
    return { status: 200, body, refreshes: entry.refreshes };
  }

  function contextOf(call: Call, entry: Entry, actor: Actor, db: Kysely<DB>): QueryContext {
    return {
      db: db as unknown as Kysely<Open>,
      scoped: scopedDb(db, scopeFor(actor, entry.roles)),
      actor,
      language: call.language,
      now: now(),
      requestId: call.requestId,
    };
  }

  async function runCommand(call: Call, entry: Entry, actor: Actor, input: unknown): Promise<Reply> {
    const bodyHash = call.key ? hashOf(call.input) : '';
    try {
      return await database.write.transaction().execute(async (trx) => {
        await sql`set local statement_timeout = ${sql.lit(COMMAND_TIMEOUT_MS)}`.execute(trx);
        const earlier = call.key ? await claimKey(trx, call, actor, bodyHash) : null;
        if (earlier) return earlier;
        const recorded: Recorded[] = [];
        const answer = await entry.handler.run(commandContext(trx, call, entry, actor, recorded), input as never);
        const reply = finish(entry, answer, call.language);
        if (answer instanceof Refusal) throw new RolledBack(reply);
        await leaveRecord(trx, registry, call, entry, actor, input, recorded);
        if (call.key) await keepAnswer(trx, call, actor, entry.answerOnce ? null : reply);
        return reply;
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
      if (call.key) await keepRefusal(database.write, call, actor, bodyHash, error.reply);
      return error.reply;
    }
  }

  function commandContext(
    trx: Transaction<DB>,
    call: Call,
    entry: Entry,
    actor: Actor,
    recorded: Recorded[],
  ): CommandContext {
    return {
      ...contextOf(call, entry, actor, trx),
      record: (event, subjectId, options = {}) => void recorded.push({ event, subjectId, options }),
      call: async (operation, input) => {
        const inner = registry.entries.get(operation.name);
        if (!inner) throw new Error(`${operation.name} is not registered`);
        if (!may(actor, inner)) return new Refusal('not_allowed', {}) as never;
        return (await inner.handler.run(commandContext(trx, call, inner, actor, recorded), input as never)) as never;
      },
      job: (name: string, payload: Record<string, unknown>, jobOptions?: JobOptions) =>
        addJob(trx, name, payload, jobOptions),
    };
  }

  async function again<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        if (attempt >= ATTEMPTS || !AGAIN.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  return {
    registry,
    async execute(call) {
      const entry = registry.entries.get(call.operation);
      if (!entry) return hostReply(problem('unknown_operation', call.language));
      const { actor } = call;
      if (!actor) return hostReply(problem('unauthenticated', call.language));
      if (!may(actor, entry)) return hostReply(problem('not_allowed', call.language));
      const parsed = parseInput(entry.operation.input, call.input, call.language);
      if ('errors' in parsed) return hostReply(problem('bad_input', call.language, parsed.errors));
      if (entry.operation.kind === 'command') return again(() => runCommand(call, entry, actor, parsed.value));
      const context = contextOf(call, entry, actor, database.read);
      return finish(entry, await entry.handler.run(context as never, parsed.value as never), call.language);
    },
  };
}

const hostReply = (body: Problem): Reply => ({ status: body.status, body, refreshes: [] });

/** SQLSTATE of a database error, if it is one. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const hashOf = (input: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(input ?? {}))
    .digest('hex');

/** Takes the key for this command, or gives the answer that its first use had. Waits for a first use still running. */
async function claimKey(trx: Transaction<DB>, call: Call, actor: Actor, bodyHash: string): Promise<Reply | null> {
  const key = { actor_id: actor.id, operation: call.operation, key: call.key ?? '' };
  const taken = await trx
    .insertInto('idempotency_key')
    .values({ ...key, body_hash: bodyHash, at: new Date() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (taken) return null;
  const first = await trx
    .selectFrom('idempotency_key')
    .select(['body_hash', 'status', 'response'])
    .where('actor_id', '=', key.actor_id)
    .where('operation', '=', key.operation)
    .where('key', '=', key.key)
    .executeTakeFirstOrThrow();
  if (first.body_hash !== bodyHash) return hostReply(problem('key_reused', call.language));
  if (first.status === null) return hostReply(problem('answer_gone', call.language));
  return { status: first.status, body: first.response, refreshes: [] };
}

async function keepAnswer(trx: Transaction<DB>, call: Call, actor: Actor, reply: Reply | null): Promise<void> {
  if (!reply) return;
  await trx
    .updateTable('idempotency_key')
    .set({ status: reply.status, response: JSON.stringify(reply.body) })
    .where('actor_id', '=', actor.id)
    .where('operation', '=', call.operation)
    .where('key', '=', call.key ?? '')
    .execute();
}

async function keepRefusal(db: Kysely<DB>, call: Call, actor: Actor, bodyHash: string, reply: Reply): Promise<void> {
  await db
    .insertInto('idempotency_key')
    .values({
      actor_id: actor.id,
      operation: call.operation,
      key: call.key ?? '',
      body_hash: bodyHash,
      status: reply.status,
      response: JSON.stringify(reply.body),
      at: new Date(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Writes what a command did, in its transaction: one audit record, its events, and the jobs of rooms that hear them. */
async function leaveRecord(
  trx: Transaction<DB>,
  registry: Registry,
  call: Call,
  entry: Entry,
  actor: Actor,
  input: unknown,
  recorded: readonly Recorded[],
): Promise<void> {
  const changes: AuditChange[] = recorded.map(({ event, subjectId, options }) => ({
    event,
    subjectId,
    before: options.before ?? null,
    after: options.after ?? null,
  }));
  await writeAudit(trx, {
    actor,
    origin: call.origin,
    requestId: call.requestId,
    operation: entry.operation.name,
    subjectId: recorded[0]?.subjectId ?? null,
    input,
    changes,
  });
  await writeEvents(
    trx,
    recorded.map(({ event, subjectId, options }) => ({ event, subjectId, scope: options.scope, data: options.data })),
  );
  for (const { event, subjectId, options } of recorded) {
    for (const job of registry.hearers.get(event) ?? []) {
      await addJob(trx, job, { event, subjectId, data: options.data ?? {} });
    }
  }
}
