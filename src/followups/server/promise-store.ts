import { centreHours } from '#accounts/server/read.ts';
import type { CommandContext } from '#platform/context.ts';
import { firstAnswerAfter, ticketPlace } from '#tickets/server/read.ts';
import { brokenAt, type PromiseState, remindAt, standingOf } from '../rules/promise.ts';

export type LockedPromise = NonNullable<Awaited<ReturnType<typeof lockPromise>>>;

/** The promise, within scope, locked until the command ends. */
export function lockPromise(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('reply_promise')
    .selectAll('reply_promise')
    .where('reply_promise.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Which screens hear of it. */
export const scopeOf = (row: { mall: string; centre: string }) => ({ mall: row.mall, centre: row.centre });

/** The times of a promise that follow from when it is due. */
export async function timesOf(ctx: CommandContext, centre: string, dueAt: Date) {
  const hours = await centreHours(ctx.db, centre);
  return {
    due_at: dueAt,
    remind_at: new Date(remindAt(ctx.now.getTime(), dueAt.getTime())),
    broken_at: new Date(brokenAt(dueAt.getTime(), hours)),
  };
}

type Change = Partial<Omit<LockedPromise, 'id' | 'ticket_id' | 'created_at'>>;

export async function savePromise(ctx: CommandContext, id: string, change: Change): Promise<void> {
  await ctx.scoped
    .updateTable('reply_promise')
    .set({ ...change, updated_at: ctx.now })
    .where('reply_promise.id', '=', id)
    .execute();
}

/** Settles an open promise by what really happened; answers what it is now. */
export async function settle(ctx: CommandContext, row: LockedPromise): Promise<PromiseState> {
  const ticket = await ticketPlace(ctx, row.ticket_id);
  const written = await firstAnswerAfter(ctx, row.ticket_id, row.promised_at);
  const called = await reachedAfter(ctx, row);
  const answered = [written, called].filter((at) => at !== null).toSorted((a, b) => a.getTime() - b.getTime())[0];
  const state = standingOf(
    {
      state: row.state as PromiseState,
      promisedAt: row.promised_at.getTime(),
      dueAt: row.due_at.getTime(),
      brokenAt: row.broken_at.getTime(),
    },
    { answeredAt: answered?.getTime() ?? null, closed: ticket === null || ticket.status === 'solved' },
    ctx.now.getTime(),
  );
  if (state === 'open' || state === row.state) return state;
  const heard = state === 'broken' || !answered ? null : answered;
  await savePromise(ctx, row.id, {
    state,
    settled_at: ctx.now,
    answered_at: heard,
    answered_by: heard === null ? null : heard === called ? 'call' : 'message',
  });
  ctx.record(`followups.${state}`, row.id, {
    before: { state: row.state },
    after: { state, answeredAt: heard },
    scope: scopeOf(row),
    data: { ticket: row.ticket_id },
  });
  return state;
}

/** When the customer was first reached by phone after the promise: for it, or by a call-back of the same ticket. */
async function reachedAfter(ctx: CommandContext, row: LockedPromise): Promise<Date | null> {
  const found = await ctx.scoped
    .selectFrom('call_attempt')
    .leftJoin('call_back', 'call_back.id', 'call_attempt.call_back_id')
    .select('call_attempt.at')
    .where('call_attempt.outcome', '=', 'reached')
    .where('call_attempt.at', '>', row.promised_at)
    .where((eb) => eb.or([eb('call_attempt.promise_id', '=', row.id), eb('call_back.ticket_id', '=', row.ticket_id)]))
    .orderBy('call_attempt.at')
    .limit(1)
    .executeTakeFirst();
  return found?.at ?? null;
}
