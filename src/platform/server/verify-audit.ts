import type { Kysely } from 'kysely';
import { verifyAudit } from '../audit-verify.ts';
import { handle, type JobHandler } from '../context.ts';
import { audit } from '../contract/audit.ts';
import type { DB } from '../db.gen.ts';
import { refuse } from '../operation.ts';
import { readsEverywhere } from './audit-store.ts';

/** A request may take this long; a chain that needs longer is checked by a job. */
const MOST_MS = 20_000;

class TooLong extends Error {
  readonly checked: number;
  constructor(checked: number) {
    super('too long for a request');
    this.checked = checked;
  }
}

/** Checks the whole chain. Refuses `takes_longer` when it does not end within 20 seconds. */
export const verifyChain = (anchorFile: string | undefined) =>
  handle(audit.operations.verify, async (ctx) => {
    if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
    const start = performance.now();
    const onProgress = (checked: number) => {
      if (performance.now() - start > MOST_MS) throw new TooLong(checked);
    };
    try {
      return await verifyAudit(ctx.db as unknown as Kysely<DB>, { anchorFile, onProgress });
    } catch (error) {
      if (error instanceof TooLong) return refuse('takes_longer', { checked: error.checked });
      throw error;
    }
  });

/** Starts the same check as a job with a bar. */
export const verifyAll = handle(audit.operations.verifyAll, async (ctx) => {
  if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
  const jobId = await ctx.job('audit.verify', {}, { watchedBy: ctx.actor, maxAttempts: 3 });
  ctx.record('audit.check_requested', jobId);
  return { jobId };
});

export const verifyJob =
  (anchorFile: string | undefined): JobHandler =>
  async (ctx) => {
    const db = ctx.db as unknown as Kysely<DB>;
    const { total } = await db
      .selectFrom('audit_seal')
      .select((eb) => eb.fn.max('seq').as('total'))
      .executeTakeFirstOrThrow();
    const onProgress = (checked: number) =>
      ctx.progress(Math.min(0.99, checked / Math.max(1, total ?? 1)), `${checked}`);
    await ctx.progress(0);
    await ctx.result(await verifyAudit(db, { anchorFile, onProgress }));
  };
