import { type Expression, type SqlBool, sql } from 'kysely';
import { handle, type JobHandler, type QueryContext } from '#platform/context.ts';
import { transfers } from '../contract.ts';
import { addEntry, recordTo } from './transfer-store.ts';

const MOST = 500;
const dueNow = (now: Date): Expression<SqlBool> => sql<SqlBool>`transfer.ended_at is null
  and transfer.overdue_at is null and transfer.due_at <= ${now}`;

/** Tells both sides of a transfer that nobody ended in time; once. */
export const checkDue = handle(transfers.operations.checkDue, async (ctx) => {
  const rows = await ctx.scoped
    .selectFrom('transfer')
    .selectAll('transfer')
    .where(dueNow(ctx.now))
    .orderBy('transfer.due_at')
    .limit(MOST)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const row of rows) {
    await ctx.scoped.updateTable('transfer').set({ overdue_at: ctx.now }).where('transfer.id', '=', row.id).execute();
    await addEntry(ctx, row.id, { kind: 'overdue', side: 'system' });
    recordTo(ctx, 'transfers.overdue', row.id, row, { after: { dueAt: row.due_at } });
  }
  return { overdue: rows.length };
});

/** An idle minute leaves no record. */
async function anythingDue({ scoped, now }: Pick<QueryContext, 'scoped' | 'now'>): Promise<boolean> {
  const row = await scoped.selectFrom('transfer').select('transfer.id').where(dueNow(now)).limit(1).executeTakeFirst();
  return row !== undefined;
}

export const checkDueJob: JobHandler = async (ctx) => {
  if (await anythingDue(ctx)) await ctx.run(transfers.operations.checkDue, {});
};

/** Something happened on a transfer: its ticket and its case follow. */
export const applyJob: JobHandler = async (ctx, payload) => {
  await ctx.run(transfers.operations.apply, { id: payload.subjectId as string });
};
