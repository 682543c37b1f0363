import { expect } from 'vitest';
import type { z } from 'zod';
import { actorWith } from './actors.ts';
import type { Room } from './context.ts';
import type { Database } from './db.ts';
import { startJobs } from './jobs.ts';
import type { Actor, Operation, OperationSpec, Output } from './operation.ts';
import { createPipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { platformRooms } from './server/index.ts';
import { newId } from './values.ts';

export type Asker = ReturnType<typeof askOn>;

/** Runs operations of some rooms (audit and jobs unless told) on a database, with answers checked. */
export function askOn(database: Database, rooms: readonly Room[] = platformRooms({}), admin = actorWith('admin')) {
  const registry = createRegistry(rooms);
  const pipeline = createPipeline({ database, registry, checkOutput: true });
  const execute = (operation: string, input: object, actor: Actor = admin) =>
    pipeline.execute({ operation, input, actor, language: 'ko', requestId: newId() });
  return {
    admin,
    execute,
    async ask<S extends OperationSpec>(op: Operation<S>, input: z.input<S['input']>, actor = admin) {
      const { status, body } = await execute(op.name, input, actor);
      expect({ status, body }).toEqual({ status: 200, body });
      return body as Output<S>;
    },
    async refused<S extends OperationSpec>(op: Operation<S>, input: z.input<S['input']>, actor = admin) {
      const { status, body } = await execute(op.name, input, actor);
      return { status, code: (body as { code?: string }).code };
    },
    /** Runs jobs meanwhile. */
    async withJobs(work: () => Promise<void>): Promise<void> {
      const stop = await startJobs({ database, pipeline, onProblem: () => undefined });
      try {
        await work();
      } finally {
        await stop();
      }
    },
  };
}
