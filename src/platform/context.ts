import type { Kysely } from 'kysely';
import type { Actor, Answer, Contract, Input, Language, Operation, OperationSpec, Refusal } from './operation.ts';
import type { Open, ScopedDb } from './scope.ts';

/** What a handler of a query has: who asks, and the database within the caller's scope. */
export type QueryContext = {
  /** Tables without scope. Scoped ones are reached through `scoped`. */
  db: Kysely<Open>;
  scoped: ScopedDb;
  actor: Actor;
  language: Language;
  /** The time of the request; rules take it as an argument. */
  now: Date;
  requestId: string;
};

/**
 * Who may see an event on a live screen, besides having the permission. Absent dimensions are not limited; an event
 * without any must be declared `companyWide` by its contract. `malls`: of a record that several share, heard by who
 * works for one of them. `person`: heard on that person's own screens only.
 */
export type EventScope = {
  mall?: string | null;
  malls?: readonly string[] | null;
  centre?: string | null;
  partner?: string | null;
  person?: string | null;
};

export type EventOptions = {
  /** State of the record before and after, for the audit: personal data is masked by field name. */
  before?: object | null;
  after?: object | null;
  /** Limits which screens hear it; may be left out only for events that the contract declares `companyWide`. */
  scope?: EventScope;
  /** Small facts for screens and `on-<event>` handlers; no personal data. */
  data?: Record<string, unknown>;
};

export type CommandContext = QueryContext & {
  /**
   * Records a change: an event `<room>.<what happened>` for the outbox (screens, jobs, other rooms) and its part of
   * the command's audit record, in the command's transaction.
   */
  record: (event: string, subjectId: string, options?: EventOptions) => void;
  /**
   * Runs another room's command in the same transaction with the same checks. `by`: Haedap does in a job what this
   * person asked for, so that whoever stands before the command asks them.
   */
  call: <S extends OperationSpec>(
    operation: Operation<S>,
    input: Input<S>,
    by?: { id: string; name: string },
  ) => Promise<Answer<S>>;
  /** Adds a job to the queue, in the same transaction; it starts after the commit. Answers its id. */
  job: (name: string, payload: Record<string, unknown>, options?: JobOptions) => Promise<string>;
};

export type JobOptions = {
  runAt?: Date;
  /** Attempts before it is a dead letter; 10 unless told. */
  maxAttempts?: number;
  /** A waiting job with the same key is replaced. */
  key?: string;
  /** Jobs of one queue run one after another. */
  queue?: string;
  /** A long job that this person waits for: it has a bar from the start, and may be cancelled. */
  watchedBy?: { id: string; name: string };
};

export type ContextOf<S extends OperationSpec> = S['kind'] extends 'command' ? CommandContext : QueryContext;

export type Handler<S extends OperationSpec = OperationSpec> = {
  operation: Operation<S>;
  run: (ctx: ContextOf<S>, input: Input<S>) => Promise<Answer<S>>;
};

/** Binds a handler to the operation that its contract declares. */
export function handle<S extends OperationSpec>(
  operation: Operation<S>,
  run: (ctx: ContextOf<S>, input: Input<S>) => Promise<Answer<S>>,
): Handler<S> {
  return { operation, run };
}

/** A room on the server: its contract, a handler for each operation, its jobs and what it hears of others. */
export type Room = {
  contract: Contract;
  handlers: Record<string, Handler>;
  jobs: Record<string, JobHandler>;
  /** Event name → job name: the job gets `{ event, subjectId, data }` after the commit. */
  hears: Record<string, string>;
  /** Job name → when it runs by itself, a cron pattern in UTC. */
  clock: Record<string, string>;
  /** Name of an earlier room's command → what has to hold before it is done; the command declares the refusals. */
  guards: Record<string, Guard>;
};

/** Answers a refusal, or null when nothing stands against the command. */
export type Guard = (ctx: CommandContext, input: never) => Promise<Refusal | null>;

export type JobContext = Omit<CommandContext, 'record' | 'call' | 'job'> & {
  /** Runs a command as Haedap itself, in a transaction of its own. */
  run: <S extends OperationSpec>(operation: Operation<S>, input: Input<S>, key?: string) => Promise<Answer<S>>;
  /** Progress of a long job, 0–1, shown on its bar; throws `JobCancelled` once somebody has cancelled it. */
  progress: (done: number, note?: string) => Promise<void>;
  /** Keeps what the job made, for the screen that shows its end. */
  result: (made: Record<string, unknown>) => Promise<void>;
  jobId: string;
  attempt: number;
};
export type JobHandler = (ctx: JobContext, payload: Record<string, unknown>) => Promise<void>;

/** Implements a contract: the compiler asks for a handler of each operation. */
export function implement<Ops extends Record<string, OperationSpec>>(
  contract: Contract<Ops>,
  handlers: { [K in keyof Ops]: Handler<Ops[K]> },
  more: Partial<Pick<Room, 'jobs' | 'hears' | 'clock' | 'guards'>> = {},
): Room {
  return {
    contract: contract as unknown as Contract,
    handlers: handlers as unknown as Record<string, Handler>,
    jobs: more.jobs ?? {},
    hears: more.hears ?? {},
    clock: more.clock ?? {},
    guards: more.guards ?? {},
  };
}
