import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { followups } from '../contract.ts';
import { type PromiseState, whyNotDue } from '../rules/promise.ts';
import { lockPromise, savePromise, scopeOf, settle, timesOf } from './promise-store.ts';

/** Another time that the customer agreed to, before the first one has passed: what is late already stays late. */
export const movePromise = handle(followups.operations.movePromise, async (ctx, { id, dueAt: wanted, ...more }) => {
  const row = await lockPromise(ctx, id);
  if (!row) return notFound();
  if ((await settle(ctx, row)) !== 'open') return refuse('promise_settled', {});
  if (row.due_at <= ctx.now) return refuse('promise_overdue', {});
  const dueAt = new Date(wanted);
  const wrong = whyNotDue(dueAt.getTime(), ctx.now.getTime());
  if (wrong) return refuse(wrong, {});
  const moved = row.moved + 1;
  await savePromise(ctx, id, {
    ...(await timesOf(ctx, row.centre, dueAt)),
    ...{ moved, reminded_at: null, overdue_at: null, cover: null, cover_name: null },
    ...(more.channel ? { channel: more.channel } : {}),
    ...(more.note ? { note: more.note } : {}),
  });
  ctx.record('followups.moved', id, {
    before: { dueAt: row.due_at },
    after: { dueAt, moved },
    scope: scopeOf(row),
    data: { ticket: row.ticket_id },
  });
  return { dueAt, moved };
});

/** Takes a promise back, with why: it counts neither as kept nor as broken, and is shown apart. */
export const withdrawPromise = handle(followups.operations.withdrawPromise, async (ctx, { id, reason }) => {
  const row = await lockPromise(ctx, id);
  if (!row) return notFound();
  if ((await settle(ctx, row)) !== 'open') return refuse('promise_settled', {});
  const state: PromiseState = 'withdrawn';
  await savePromise(ctx, id, { state, reason, settled_at: ctx.now });
  ctx.record('followups.withdrawn', id, {
    before: { state: row.state },
    after: { state, reason },
    scope: scopeOf(row),
    data: { ticket: row.ticket_id },
  });
  return { state };
});
