import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditChange } from './audit.ts';
import { writeAudit } from './audit.ts';
import type { CommandContext, EventOptions, JobOptions, QueryContext } from './context.ts';
import type { DB } from './db.gen.ts';
import type { Database } from './db.ts';
import { addJob } from './jobs.ts';
import { type Actor, type CommandSpec, type Language, Refusal } from './operation.ts';
import { writeEvents } from './outbox.ts';
import { tellPassing } from './passing.ts';
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

type Host = { database: Database; registry: Registry; now: () => Date; checkOutput: boolean };

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
  const host: Host = { database, registry, now, checkOutput };
  return { registry, execute: (call) => execute(host, call) };
}

async function execute(host: Host, call: Call): Promise<Reply> {
  const { actor, language } = call;
  const entry = host.registry.entries.get(call.operation);
  if (!entry) return hostReply(problem('unknown_operation', language));
  if (!actor) return hostReply(problem('unauthenticated', language));
  if (!may(actor, entry)) return hostReply(problem('not_allowed', language));
  const parsed = parseInput(entry.operation.input, call.input, language);
  if ('errors' in parsed) return hostReply(problem('bad_input', language, parsed.errors));
  const asked: Asked = { call, entry, actor, input: parsed.value };
  if (entry.operation.kind === 'command') return again(() => runCommand(host, asked));
  const context = contextOf(host, asked, host.database.read);
  return finish(host, asked, await entry.handler.run(context as never, parsed.value as never));
}

/** A call that passed the door: who asks what, with an input that fits. */
type Asked = { call: Call; entry: Entry; actor: Actor; input: unknown };

function finish({ checkOutput }: Host, { entry, call }: Asked, answer: unknown): Reply {
  if (answer instanceof Refusal) {
    const body = refusalProblem(answer, entry.operation.refusals ?? {}, call.language);
    return { status: body.status, body, refreshes: [] };
  }
  if (checkOutput) entry.operation.output.parse(answer);
  return { status: 200, body: entry.mask ? entry.mask(answer) : answer, refreshes: entry.refreshes };
}

function contextOf({ now }: Host, { call, entry, actor }: Asked, db: Kysely<DB>): QueryContext {
  return {
    db: db as unknown as Kysely<Open>,
    scoped: scopedDb(db, scopeFor(actor, entry.roles)),
    actor,
    language: call.language,
    now: now(),
    requestId: call.requestId,
  };
}

async function runCommand(host: Host, asked: Asked): Promise<Reply> {
  const { call, entry, actor, input } = asked;
  const bodyHash = call.key ? hashOf(call.input) : '';
  try {
    return await host.database.write.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(COMMAND_TIMEOUT_MS)}`.execute(trx);
      const earlier = call.key ? await claimKey(trx, call, actor, bodyHash) : null;
      if (earlier) return earlier;
      const recorded: Recorded[] = [];
      const answer = await entry.handler.run(commandContext(host, asked, trx, recorded), input as never);
      const reply = finish(host, asked, answer);
      if (answer instanceof Refusal) throw new RolledBack(reply);
      await leaveRecord(trx, host.registry, asked, recorded);
      if (call.key) await keepAnswer(trx, call, actor, entry.answerOnce ? null : reply);
      return reply;
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    if (call.key) await keepRefusal(host.database.write, call, actor, bodyHash, error.reply);
    return error.reply;
  }
}

function commandContext(host: Host, asked: Asked, trx: Transaction<DB>, recorded: Recorded[]): CommandContext {
  return {
    ...contextOf(host, asked, trx),
    record: (event, subjectId, options = {}) => void recorded.push({ event, subjectId, options }),
    call: async (operation, input, by) => {
      const entry = host.registry.entries.get(operation.name);
      if (!entry) throw new Error(`${operation.name} is not registered`);
      if (!may(asked.actor, entry)) return new Refusal('not_allowed', {}) as never;
      return (await entry.handler.run(
        commandContext(
          host,
          { ...asked, entry, input, actor: by ? actingFor(asked.actor, by, entry) : asked.actor },
          trx,
          recorded,
        ),
        input as never,
      )) as never;
    },
    job: (name: string, payload: Record<string, unknown>, jobOptions?: JobOptions) =>
      addJob(trx, name, payload, jobOptions),
  };
}

/** Haedap doing what a person asked for before: it counts as theirs. Their scope was asked when they asked. */
function actingFor(system: Actor, by: { id: string; name: string }, { roles }: Entry): Actor {
  if (system.kind !== 'system') throw new Error('only Haedap itself acts for somebody');
  return {
    ...system,
    ...by,
    kind: 'user',
    grants: roles.map((role) => ({ role, malls: null, centres: null, partners: null })),
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
  { call, entry, actor, input }: Asked,
  recorded: readonly Recorded[],
): Promise<void> {
  for (const { event, options } of recorded) {
    const limits = Object.values(options.scope ?? {}).filter((limit) => limit !== null && limit !== undefined);
    if (limits.length === 0 && !registry.companyWide.has(event))
      throw new Error(`'${event}' has no scope: every screen would hear it. Give one, or declare it companyWide`);
  }
  if ((entry.operation as Partial<CommandSpec>).passing) return tellPassing(trx, recorded);
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
