import { handle } from '#platform/context.ts';
import { type Actor, notFound, Refusal, refuse } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { answered, stillAsked, WAREHOUSE } from '../rules/change-state.ts';
import { eventOfChange } from '../rules/change-told.ts';
import type { Wish } from '../rules/change-wish.ts';
import { goodsFor } from '../rules/changes.ts';
import { lockChange, orderOfChange, scopesOf, standing, toldIn } from './change-store.ts';
import { addEvents, lockOrder } from './move-order.ts';

/**
 * Yes or no of one whose yes a change needs; the last yes does it. Goods that have left meanwhile cannot be changed any
 * more: then only a no, or withdrawing, settles it.
 */
export const answerChange = handle(orders.operations.answerChange, async (ctx, input) => {
  const orderId = await orderOfChange(ctx, input.change);
  const book = orderId && (await lockOrder(ctx, orderId));
  const row = book && (await lockChange(ctx, input.change));
  if (!row || !orderId) return notFound();
  const change = standing(row);
  if (change.state !== 'ASKED') return refuse('settled', { state: change.state });
  const own = ownNeeds(ctx.actor);
  const open = stillAsked(change).filter((who) => (!own || own.includes(who)) && (!input.who || input.who === who));
  const who = open.length === 1 ? open[0] : undefined;
  const by = {
    by: ctx.actor.name,
    byPhone: !own && !isOfWarehouse(ctx.actor, who),
    note: input.note ?? null,
    at: ctx.now.toISOString(),
  };
  const after = who && answered(change, who, { yes: input.yes, ...by });
  if (!after) return refuse('not_asked', {});
  const kind = row.kind as Wish['kind'];
  if (input.yes) {
    const goods = goodsFor(book, kind, row.line_id);
    if (goods instanceof Refusal) return goods.code === 'already_left' ? goods : refuse('over', {});
  }
  const settled = after.state !== 'ASKED';
  await ctx.scoped
    .updateTable('order_change')
    .set({ state: after.state, answers: JSON.stringify(after.answers) })
    .set(settled ? { settled_at: ctx.now, settled_by_name: ctx.actor.name } : {})
    .where('order_change.id', '=', row.id)
    .execute();
  const told = { id: row.id, kind, line: row.line_id, after: toldIn(row).after };
  if (after.state === 'DONE') await addEvents(ctx, orderId, book, [eventOfChange(book, told, ctx.now.getTime())]);
  for (const scope of scopesOf(book.order.mall, row.partner_ids))
    ctx.record(after.state === 'DONE' ? 'orders.changed' : 'orders.change_answered', orderId, {
      before: { ...toldIn(row).before, state: row.state },
      after: { ...told.after, state: after.state, change: row.id, who, yes: input.yes },
      scope,
      data: { change: row.id, kind, state: after.state },
    });
  return { state: after.state };
});

/** Partners for whom somebody answers by themselves; null: somebody of ours, who tells what any of them said. */
function ownNeeds({ kind, grants }: Actor): string[] | null {
  if (kind === 'system' || grants.some(({ role }) => role !== 'partner')) return null;
  return grants.flatMap((grant) => grant.partners ?? []);
}

const isOfWarehouse = ({ grants }: Actor, who: string | undefined): boolean =>
  who === WAREHOUSE && grants.some(({ role }) => role === 'logistics');
