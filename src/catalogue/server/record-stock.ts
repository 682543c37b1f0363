import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { catalogue } from '../contract.ts';

/** Stock as somebody has counted it, or as the partner says (consigned goods lie with the partner). */
export const recordStock = handle(catalogue.operations.recordStock, async (ctx, { id, free, onWay, restockOn }) => {
  const product = await ctx.scoped
    .selectFrom('product')
    .select(['product.id', 'product.partner_id'])
    .where('product.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!product) return notFound();
  const before = await ctx.scoped
    .selectFrom('product_stock')
    .select(['free', 'on_way', 'restock_on'])
    .where('product_id', '=', id)
    .executeTakeFirst();
  const told = {
    free,
    on_way: onWay,
    restock_on: restockOn,
    counted_at: ctx.now,
    counted_by: ctx.actor.kind === 'system' ? 'import' : ctx.actor.id,
  };
  if (before) await ctx.scoped.updateTable('product_stock').set(told).where('product_id', '=', id).execute();
  else
    await ctx.scoped
      .insertInto('product_stock')
      .values({ product_id: id, ...told })
      .execute();
  ctx.record('catalogue.stock_recorded', id, {
    before: before ? { free: before.free, onWay: before.on_way, restockOn: before.restock_on } : null,
    after: { free, onWay, restockOn },
    scope: { partner: product.partner_id },
  });
  return { countedAt: ctx.now };
});
