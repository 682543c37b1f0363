import type { Guard, Handler, JobHandler, Room } from './context.ts';
import { compileMask } from './masking.ts';
import type { Actor, CommandSpec, Contract, Operation, Role } from './operation.ts';
import { ROLES } from './operation.ts';

/** An operation, ready to run: its handler, who may, and how its answer is masked. */
export type Entry = {
  operation: Operation;
  handler: Handler;
  /** Roles that have the permission; all of them for `signed_in`. */
  roles: readonly Role[];
  mask: ((output: unknown) => unknown) | null;
  refreshes: readonly string[];
  answerOnce: boolean;
};

export type Registry = {
  entries: ReadonlyMap<string, Entry>;
  contracts: readonly Contract[];
  jobs: ReadonlyMap<string, JobHandler>;
  /** Event name → jobs of the rooms that hear it. */
  hearers: ReadonlyMap<string, readonly string[]>;
  /** Job name → cron pattern in UTC. */
  clock: ReadonlyMap<string, string>;
  /** Events that everybody who reads their room may hear, wherever they work: `accounts.person_created`. */
  companyWide: ReadonlySet<string>;
  /** The read permissions of each room: who has one hears the room's events, within its scope. */
  reads: ReadonlyMap<string, readonly { may: string; roles: readonly Role[] }[]>;
};

/**
 * Gathers the rooms. Throws when a contract has a hole (no permission, no example, no handler, an event nobody
 * handles): such a program does not start.
 */
export function createRegistry(rooms: readonly Room[]): Registry {
  const entries = new Map<string, Entry>();
  const jobs = new Map<string, JobHandler>();
  const hearers = new Map<string, string[]>();
  const clock = new Map(rooms.flatMap((room) => Object.entries(room.clock)));
  for (const room of rooms) {
    for (const [verb, operation] of Object.entries(room.contract.operations)) {
      entries.set(operation.name, compile(room, verb, operation));
    }
    for (const [name, job] of Object.entries(room.jobs)) jobs.set(name, job);
    for (const [event, job] of Object.entries(room.hears)) hearers.set(event, [...(hearers.get(event) ?? []), job]);
  }
  for (const room of rooms) for (const [name, guard] of Object.entries(room.guards)) guardEntry(entries, name, guard);
  for (const job of [...hearers.values()].flat()) if (!jobs.has(job)) throw new Error(`no job '${job}' for its event`);
  for (const job of clock.keys()) if (!jobs.has(job)) throw new Error(`no job '${job}' for the clock`);
  const contracts = rooms.map((room) => room.contract);
  const companyWide = new Set(
    contracts.flatMap((of) => Object.keys(of.companyWide).map((event) => `${of.room}.${event}`)),
  );
  return { entries, contracts, jobs, hearers, clock, companyWide, reads: readsOf(contracts) };
}

/** A later room's guard runs in the command's transaction, whether the command is asked for or called by another one. */
function guardEntry(entries: Map<string, Entry>, name: string, guard: Guard): void {
  const entry = entries.get(name);
  if (entry?.operation.kind !== 'command') throw new Error(`a guard stands before '${name}', which is no command`);
  const { run } = entry.handler;
  entries.set(name, {
    ...entry,
    handler: {
      ...entry.handler,
      run: async (ctx, input) => (await guard(ctx as never, input as never)) ?? run(ctx, input),
    },
  });
}

function compile(room: Room, verb: string, operation: Operation): Entry {
  const handler = room.handlers[verb];
  if (!handler) throw new Error(`${operation.name} has no handler`);
  if (typeof operation.example !== 'function') throw new Error(`${operation.name} has no example`);
  const spec = operation as Partial<CommandSpec>;
  return {
    operation,
    handler,
    roles: rolesOf(room.contract, operation),
    mask: compileMask(operation.output),
    refreshes: operation.kind === 'command' ? (spec.refreshes ?? [operation.room]) : [],
    answerOnce: spec.answerOnce ?? false,
  };
}

/** Roles that a contract gives the permission of an operation. */
export function rolesOf(contract: Contract, operation: Operation): readonly Role[] {
  if (operation.may === 'signed_in') return ROLES;
  const permission = contract.permissions[operation.may];
  if (!permission) throw new Error(`${operation.name} names the undeclared permission '${operation.may}'`);
  return permission.roles;
}

function readsOf(contracts: readonly Contract[]): Registry['reads'] {
  return new Map(
    contracts.map((contract) => {
      const reads = Object.values(contract.operations).filter((op) => op.kind === 'query' && op.may !== 'signed_in');
      const permissions = [...new Set(reads.map((op) => op.may))];
      return [contract.room, permissions.map((may) => ({ may, roles: contract.permissions[may]?.roles ?? [] }))];
    }),
  );
}

/** Whether an actor may run an operation at all; its scope is asked row by row. */
export function may(actor: Actor, entry: Pick<Entry, 'operation' | 'roles'>): boolean {
  if (actor.kind === 'system') return true;
  const { may: permission } = entry.operation;
  if (actor.only && permission !== 'signed_in' && !actor.only.includes(permission)) return false;
  return permission === 'signed_in' || actor.grants.some((grant) => entry.roles.includes(grant.role));
}
