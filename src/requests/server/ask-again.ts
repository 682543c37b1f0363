import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { addToThread, askedAnew, lockRequest, saveRequest, scopeOf } from './request-store.ts';

/** Asks once more: the clock of whoever is asked begins anew. */
export const askAgain = handle(requests.operations.askAgain, async (ctx, { id, version, text }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state !== 'open') return refuse('not_open', {});
  const anew = await askedAnew(ctx, row);
  const saved = await saveRequest(ctx, row, anew);
  await addToThread(ctx, id, { kind: 'asked_again', text, dueAt: anew.due_at });
  ctx.record('requests.asked_again', id, {
    before: { dueAt: row.due_at },
    after: { dueAt: anew.due_at, timesAsked: anew.times_asked },
    scope: scopeOf(row),
  });
  return saved;
});

/** Opens an answered or withdrawn request again; its earlier answer stays in the thread. */
export const reopenRequest = handle(requests.operations.reopen, async (ctx, { id, version, text }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state === 'open') return refuse('already_open', {});
  if (row.change_id) return refuse('change_settled', {});
  const anew = await askedAnew(ctx, row);
  const emptied = { answer: null, answered_by: null, by_phone: false, answered_at: null, seen_at: null };
  const saved = await saveRequest(ctx, row, { ...anew, ...emptied, state: 'open', escalated_to: null });
  await addToThread(ctx, id, { kind: 'reopened', text, dueAt: anew.due_at });
  ctx.record('requests.reopened', id, {
    before: { state: row.state },
    after: { state: 'open', dueAt: anew.due_at },
    scope: scopeOf(row),
  });
  return saved;
});

/** Takes a request back: nobody has to answer it any more. */
export const withdrawRequest = handle(requests.operations.withdraw, async (ctx, { id, version, text }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state !== 'open') return refuse('not_open', {});
  const saved = await saveRequest(ctx, row, { state: 'withdrawn' });
  await addToThread(ctx, id, { kind: 'withdrawn', text });
  ctx.record('requests.withdrawn', id, {
    before: { state: row.state },
    after: { state: 'withdrawn' },
    scope: scopeOf(row),
  });
  return saved;
});
