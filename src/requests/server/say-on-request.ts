import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { addToThread, lockRequest, scopeOf } from './request-store.ts';

/** Writes into the thread of agent, partner and MD. The customer never sees it. */
export const sayOnRequest = handle(requests.operations.say, async (ctx, { id, text }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  const messageId = await addToThread(ctx, id, { kind: 'said', text });
  await ctx.scoped
    .updateTable('partner_request')
    .set({ updated_at: ctx.now })
    .where('partner_request.id', '=', id)
    .execute();
  ctx.record('requests.said', id, { after: { messageId }, scope: scopeOf(row) });
  return { messageId };
});

/** The asker has looked at the answer. */
export const seeAnswer = handle(requests.operations.see, async (ctx, { id }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (row.asked_by !== ctx.actor.id || row.state !== 'answered' || row.seen_at) return { seen: false };
  await ctx.scoped
    .updateTable('partner_request')
    .set({ seen_at: ctx.now })
    .where('partner_request.id', '=', id)
    .execute();
  ctx.record('requests.seen', id, { scope: scopeOf(row) });
  return { seen: true };
});
