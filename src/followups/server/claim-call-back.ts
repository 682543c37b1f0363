import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { followups } from '../contract.ts';
import { move } from '../rules/call-back.ts';
import { asCallBack, lockCallBack, saveCallBack } from './call-back-store.ts';
import { scopeOf } from './promise-store.ts';

/** Takes a call-back, so that nobody else calls the customer meanwhile. */
export const claimCallBack = handle(followups.operations.claimCallBack, async (ctx, { id }) => {
  const row = await lockCallBack(ctx, id);
  if (!row) return notFound();
  const next = move(asCallBack(row), { do: 'claim', by: ctx.actor.id });
  if (next === 'taken') return refuse('taken', { name: row.claimed_by_name ?? '' });
  if (typeof next === 'string') return refuse('call_back_over', {});
  if (row.claimed_by === ctx.actor.id) return { claimed: true };
  await saveCallBack(ctx, row, next);
  ctx.record('followups.call_back_claimed', id, { after: { by: ctx.actor.id }, scope: scopeOf(row) });
  return { claimed: true };
});

/** Leaves it to the others again. */
export const releaseCallBack = handle(followups.operations.releaseCallBack, async (ctx, { id }) => {
  const row = await lockCallBack(ctx, id);
  if (!row) return notFound();
  const next = move(asCallBack(row), { do: 'release', by: ctx.actor.id });
  if (next === 'taken') return refuse('taken', { name: row.claimed_by_name ?? '' });
  if (next === 'not_claimed') return refuse('not_claimed', {});
  if (typeof next === 'string') return refuse('call_back_over', {});
  await saveCallBack(ctx, row, next);
  ctx.record('followups.call_back_released', id, { before: { by: row.claimed_by }, scope: scopeOf(row) });
  return { claimed: false };
});

export const giveUpCallBack = handle(followups.operations.giveUpCallBack, async (ctx, { id, reason }) => {
  const row = await lockCallBack(ctx, id);
  if (!row) return notFound();
  const next = move(asCallBack(row), { do: 'giveUp', by: ctx.actor.id });
  if (typeof next === 'string') return refuse('call_back_over', {});
  await saveCallBack(ctx, row, next, { reason });
  ctx.record('followups.call_back_given_up', id, {
    before: { state: row.state },
    after: { state: next.state, attempts: row.attempts, reason },
    scope: scopeOf(row),
    data: { ticket: row.ticket_id },
  });
  return { state: next.state };
});

/** The number in full, for whoever has claimed the call: without it nobody could dial. */
export const showPhone = handle(followups.operations.showPhone, async (ctx, { id }) => {
  const row = await lockCallBack(ctx, id);
  if (!row) return notFound();
  if (row.state !== 'open') return refuse('call_back_over', {});
  if (row.claimed_by !== ctx.actor.id && ctx.actor.kind !== 'system') return refuse('claim_first', {});
  ctx.record('followups.phone_shown', id, { after: { fields: ['phone'] }, scope: { person: ctx.actor.id } });
  return { phone: row.phone };
});
