import { type Expression, type SqlBool, sql } from 'kysely';
import { type CommandContext, handle, type QueryContext } from '#platform/context.ts';
import { requests } from '../contract.ts';
import { addToThread, contactFor, type LockedRequest, scopeOf } from './request-store.ts';

const MOST = 500;

/** Open requests of which something is to be told: half of their time is over, or all of it. */
const dueNow = (now: Date): Expression<SqlBool> => sql<SqlBool>`partner_request.state = 'open' and (
  (partner_request.reminded_at is null and partner_request.remind_at <= ${now})
  or (partner_request.overdue_at is null and partner_request.due_at <= ${now}))`;

/** Reminds at half of the time, tells what is overdue, and brings that to the MD of the product. */
export const checkDue = handle(requests.operations.checkDue, async (ctx) => {
  const rows = await ctx.scoped
    .selectFrom('partner_request')
    .selectAll('partner_request')
    .where(dueNow(ctx.now))
    .orderBy('partner_request.due_at')
    .limit(MOST)
    .forUpdate()
    .skipLocked()
    .execute();
  const late = rows.filter((row) => row.due_at <= ctx.now);
  const early = rows.filter((row) => row.due_at > ctx.now);
  for (const row of early) await tell(ctx, row, 'reminded', { reminded_at: ctx.now });
  let escalated = 0;
  for (const row of late) {
    await tell(ctx, row, 'overdue', { reminded_at: row.reminded_at ?? ctx.now, overdue_at: ctx.now });
    if (await escalate(ctx, row)) escalated++;
  }
  return { reminded: early.length, overdue: late.length, escalated };
});

type Told = Partial<Pick<LockedRequest, 'reminded_at' | 'overdue_at' | 'escalated_to'>>;

async function tell(ctx: CommandContext, row: LockedRequest, what: string, told: Told, to?: string): Promise<void> {
  await ctx.scoped.updateTable('partner_request').set(told).where('partner_request.id', '=', row.id).execute();
  await addToThread(ctx, row.id, { kind: what, side: 'system', dueAt: row.due_at, ...(to ? { to } : {}) });
  ctx.record(`requests.${what}`, row.id, {
    after: { dueAt: row.due_at },
    scope: scopeOf(row),
    data: { kind: row.kind },
  });
}

/** An MD's own request has nobody above it here: it stays on the overdue list. */
async function escalate(ctx: CommandContext, row: LockedRequest): Promise<boolean> {
  if (row.addressee === 'md' || row.escalated_to) return false;
  const md = await contactFor(ctx, row.product_id, 'md');
  if (!md) return false;
  await tell(ctx, row, 'escalated', { escalated_to: md.email }, md.name);
  return true;
}

/** Whether a check has anything to do: an idle minute leaves no record. */
export async function anythingDue({ scoped, now }: Pick<QueryContext, 'scoped' | 'now'>): Promise<boolean> {
  const row = await scoped
    .selectFrom('partner_request')
    .select('partner_request.id')
    .where(dueNow(now))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
