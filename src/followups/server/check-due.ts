import { type Expression, type SqlBool, sql } from 'kysely';
import { leadsAt } from '#accounts/server/read.ts';
import { type CommandContext, handle, type QueryContext } from '#platform/context.ts';
import { followups } from '../contract.ts';
import { whoHears } from '../rules/promise.ts';
import { notThere } from './not-there.ts';
import { type LockedPromise, savePromise, scopeOf, settle } from './promise-store.ts';

const MOST = 500;

/** Open promises of which something is to be told or decided. */
const promiseDue = (now: Date): Expression<SqlBool> => sql<SqlBool>`reply_promise.state = 'open' and (
  (reply_promise.reminded_at is null and reply_promise.remind_at <= ${now})
  or (reply_promise.overdue_at is null and reply_promise.due_at <= ${now}) or reply_promise.broken_at <= ${now})`;

/** Open call-backs whose time has come untold. */
const callDue = (now: Date): Expression<SqlBool> =>
  sql<SqlBool>`call_back.state = 'open' and call_back.due_told_at is null and call_back.due_at <= ${now}`;

/** Reminds before and at the promised time, decides what is broken, and tells whose call-backs are due. */
export const checkDue = handle(followups.operations.checkDue, async (ctx) => {
  const rows = await ctx.scoped
    .selectFrom('reply_promise')
    .selectAll('reply_promise')
    .where(promiseDue(ctx.now))
    .orderBy('reply_promise.due_at')
    .limit(MOST)
    .forUpdate()
    .skipLocked()
    .execute();
  const off = await notThere(ctx, [...new Set(rows.map(({ owner }) => owner))]);
  const done = { reminded: 0, overdue: 0, broken: 0 };
  for (const row of rows) {
    const state = await settle(ctx, row);
    if (state === 'broken') done.broken++;
    if (state !== 'open') continue;
    await tell(ctx, row, off.has(row.owner));
    if (row.due_at <= ctx.now) done.overdue++;
    else done.reminded++;
  }
  return { ...done, callBacks: await tellCallBacks(ctx) };
});

/** The owner hears it, or the shift lead while the owner is off. */
async function tell(ctx: CommandContext, row: LockedPromise, isOff: boolean): Promise<void> {
  const late = row.due_at <= ctx.now;
  const lead = isOff ? (await leadsAt(ctx.db, row, ctx.now))[0] : undefined;
  const { to, cover } = whoHears(row.owner, isOff, lead?.id ?? null);
  await savePromise(ctx, row.id, {
    reminded_at: row.reminded_at ?? ctx.now,
    ...(late ? { overdue_at: ctx.now } : {}),
    cover,
    cover_name: cover === null ? null : (lead?.name ?? ''),
  });
  const data = { ticket: row.ticket_id };
  ctx.record(late ? 'followups.overdue' : 'followups.reminded', row.id, {
    after: { dueAt: row.due_at, to },
    scope: { person: to },
    data,
  });
  if (cover !== null && cover !== row.cover)
    ctx.record('followups.covered', row.id, { after: { owner: row.owner, cover }, scope: scopeOf(row), data });
}

/** A call-back whose caller has gone is everybody's again. */
async function tellCallBacks(ctx: CommandContext): Promise<number> {
  const rows = await ctx.scoped
    .selectFrom('call_back')
    .select(['call_back.id', 'call_back.mall', 'call_back.centre', 'call_back.ticket_id', 'call_back.claimed_by'])
    .where(callDue(ctx.now))
    .orderBy('call_back.due_at')
    .limit(MOST)
    .forUpdate()
    .skipLocked()
    .execute();
  const off = await notThere(
    ctx,
    rows.flatMap(({ claimed_by: by }) => by ?? []),
  );
  for (const row of rows) {
    const free = row.claimed_by !== null && off.has(row.claimed_by);
    await ctx.scoped
      .updateTable('call_back')
      .set({
        due_told_at: ctx.now,
        ...(free ? { claimed_by: null, claimed_by_name: null, claimed_at: null } : {}),
      })
      .where('call_back.id', '=', row.id)
      .execute();
    ctx.record('followups.call_back_due', row.id, { scope: scopeOf(row), data: { ticket: row.ticket_id } });
  }
  return rows.length;
}

/** Whether a check has anything to do: an idle minute leaves no record. */
export async function anythingDue({ scoped, now }: Pick<QueryContext, 'scoped' | 'now'>): Promise<boolean> {
  const promise = await scoped
    .selectFrom('reply_promise')
    .select('reply_promise.id')
    .where(promiseDue(now))
    .limit(1)
    .executeTakeFirst();
  if (promise) return true;
  const call = await scoped
    .selectFrom('call_back')
    .select('call_back.id')
    .where(callDue(now))
    .limit(1)
    .executeTakeFirst();
  return call !== undefined;
}

/** Whether anything open hangs on a ticket: of all others nothing needs to be run. */
export async function hangsOn({ scoped }: Pick<QueryContext, 'scoped'>, ticket: string): Promise<boolean> {
  const promise = await scoped
    .selectFrom('reply_promise')
    .select('reply_promise.id')
    .where('reply_promise.ticket_id', '=', ticket)
    .where('reply_promise.state', '=', 'open')
    .executeTakeFirst();
  if (promise) return true;
  const call = await scoped
    .selectFrom('call_back')
    .select('call_back.id')
    .where('call_back.ticket_id', '=', ticket)
    .where('call_back.state', '=', 'open')
    .limit(1)
    .executeTakeFirst();
  return call !== undefined;
}
