import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { followups } from '../contract.ts';
import { move, nextCall } from '../rules/call-back.ts';
import { addAttempt, asCallBack, hoursAt, lockCallBack, saveCallBack, windowOf } from './call-back-store.ts';
import { type LockedPromise, lockPromise, scopeOf, settle } from './promise-store.ts';

type Called = Omit<Input<typeof followups.operations.recordCall>, 'callBack' | 'promise'>;

/** What became of a call that was made: it ends a call-back or says when to try again, and may keep a promise. */
export const recordCall = handle(followups.operations.recordCall, async (ctx, { callBack, promise, ...called }) => {
  if (promise !== undefined) return forPromise(ctx, promise, called);
  const row = callBack === undefined ? undefined : await lockCallBack(ctx, callBack);
  if (!row) return notFound();
  const next = move(asCallBack(row), { do: 'call', by: ctx.actor.id, outcome: called.outcome });
  if (next === 'not_open') return refuse('call_back_over', {});
  if (next === 'taken') return refuse('taken', { name: row.claimed_by_name ?? '' });
  if (next === 'not_claimed') return refuse('claim_first', {});
  await addAttempt(ctx, { call_back_id: row.id, mall: row.mall, centre: row.centre }, called.outcome, called.note);
  const over = next.state !== 'open';
  const hours = await hoursAt(ctx, row.centre);
  const nextAt = over ? null : new Date(nextCall(next.missed, windowOf(row), ctx.now.getTime(), hours));
  await saveCallBack(ctx, row, next, {
    ...(nextAt ? { due_at: nextAt } : {}),
    ...(next.state === 'given_up' ? { reason: called.outcome } : {}),
  });
  ctx.record('followups.called', row.id, {
    before: { state: row.state, attempts: row.attempts },
    after: { state: next.state, attempts: next.missed, outcome: called.outcome, nextAt },
    scope: scopeOf(row),
    data: { ticket: row.ticket_id },
  });
  if (called.outcome === 'reached' && row.ticket_id) await keepPromiseOf(ctx, row.ticket_id);
  return { missed: next.missed, nextAt, over };
});

/** A call for the promise itself. */
async function forPromise(ctx: CommandContext, id: string, { outcome, note }: Called) {
  const row = await lockPromise(ctx, id);
  if (!row) return notFound();
  if ((await settle(ctx, row)) !== 'open') return refuse('promise_settled', {});
  await addAttempt(ctx, { promise_id: id, mall: row.mall, centre: row.centre }, outcome, note);
  ctx.record('followups.called', id, { after: { outcome }, scope: scopeOf(row), data: { ticket: row.ticket_id } });
  const state = await settle(ctx, row);
  const { missed } = await ctx.scoped
    .selectFrom('call_attempt')
    .select(({ fn }) => fn.countAll<number>().as('missed'))
    .where('call_attempt.promise_id', '=', id)
    .where('call_attempt.outcome', '<>', 'reached')
    .executeTakeFirstOrThrow();
  return { missed: Number(missed), nextAt: null, over: state !== 'open' };
}

/** Somebody was reached: the open promise of the same ticket is settled by it. */
async function keepPromiseOf(ctx: CommandContext, ticketId: string): Promise<void> {
  const open = await ctx.scoped
    .selectFrom('reply_promise')
    .select('reply_promise.id')
    .where('reply_promise.ticket_id', '=', ticketId)
    .where('reply_promise.state', '=', 'open')
    .executeTakeFirst();
  const row: LockedPromise | undefined = open && (await lockPromise(ctx, open.id));
  if (row) await settle(ctx, row);
}
