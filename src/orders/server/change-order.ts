import { heldIdentity } from '#customers/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, Refusal, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { orders } from '../contract.ts';
import { asked, WAREHOUSE } from '../rules/change-state.ts';
import { eventOfChange } from '../rules/change-told.ts';
import { judgeChange } from '../rules/changes.ts';
import type { OrderBook } from '../rules/order-book.ts';
import { groundOf, named } from './change-ground.ts';
import { scopesOf, toldApart } from './change-store.ts';
import { addEvents, lockOrder } from './move-order.ts';

/** Changes an order, or asks those who have to say yes first. The same rule as the preview. */
export const changeOrder = handle(orders.operations.change, async (ctx, input) => {
  const { order: id, wish, wisher, reason } = input;
  const book = await lockOrder(ctx, id);
  if (!book) return notFound();
  if (input.version !== undefined && input.version !== book.version)
    return refuse('order_moved', { version: book.version });
  const line = 'line' in wish ? wish.line : null;
  const lines = wish.kind === 'OPTION' ? book.order.lines.filter((row) => row.id === line) : [];
  const judged = judgeChange(await groundOf(ctx, id, book, lines), wish);
  if (judged instanceof Refusal) return judged;
  if (await lacksIdentity(ctx, book, input)) return refuse('identity_unconfirmed', {});
  const changeId = newId();
  const { state, needs } = asked(judged.needs);
  const done = state === 'DONE';
  const partners = needs.filter((who) => who !== WAREHOUSE);
  await ctx.scoped
    .insertInto('order_change')
    .values({
      ...{ id: changeId, order_id: id, kind: wish.kind, state, line_id: line },
      ...toldApart(wish.kind, judged),
      ...{ needs: [...needs], partner_ids: partners, wisher, reason: reason ?? null },
      remote_fee_waived: judged.remoteFeeWaived,
      deadline_at: judged.deadlineAt === null ? null : new Date(judged.deadlineAt),
      ...{ asked_by: ctx.actor.id, asked_by_name: ctx.actor.name, asked_at: ctx.now },
      ...(done ? { settled_at: ctx.now, settled_by_name: ctx.actor.name } : {}),
    })
    .execute();
  const change = { id: changeId, kind: wish.kind, line, after: judged.after };
  const after = done ? await addEvents(ctx, id, book, [eventOfChange(book, change, ctx.now.getTime())]) : book;
  for (const scope of scopesOf(book.order.mall, partners))
    ctx.record(done ? 'orders.changed' : 'orders.change_asked', id, {
      before: judged.before,
      after: { ...judged.after, change: changeId, kind: wish.kind, wisher },
      scope,
      data: { change: changeId, kind: wish.kind, state },
    });
  return { id: changeId, state, needs: await named(ctx, needs), version: after.version };
});

type Asked = Pick<Input<typeof orders.operations.change>, 'wish' | 'wisher'>;

/** A customer's wish to send goods elsewhere takes a check of who speaks; an order without a customer has nobody to ask. */
async function lacksIdentity(ctx: CommandContext, book: OrderBook, { wish, wisher }: Asked): Promise<boolean> {
  if (wish.kind !== 'RECIPIENT' || wisher !== 'customer' || !book.customerId || ctx.actor.kind === 'system')
    return false;
  return (await heldIdentity(ctx, book.customerId)) === null;
}
