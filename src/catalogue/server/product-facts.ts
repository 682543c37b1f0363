import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { catalogue } from '../contract.ts';

type Facts = Output<typeof catalogue.operations.productFacts>;

const YEAR_MS = 366 * 86_400_000;

/** Stock with its age, what is notified, prices and what was promised with it over the last year. */
export const productFacts = handle(catalogue.operations.productFacts, async (ctx, { id }) => {
  const product = await ctx.scoped
    .selectFrom('product')
    .select('product.notified')
    .where('product.id', '=', id)
    .executeTakeFirst();
  if (!product) return notFound();
  const stock = await ctx.scoped
    .selectFrom('product_stock')
    .select(['free', 'on_way', 'restock_on', 'counted_at'])
    .where('product_id', '=', id)
    .executeTakeFirst();
  const prices = await ctx.scoped
    .selectFrom('product_price')
    .select(['since', 'list_price_krw'])
    .where('product_id', '=', id)
    .orderBy('since', 'desc')
    .limit(50)
    .execute();
  const promotions = await ctx.scoped
    .selectFrom('product_promotion')
    .select(['kind', 'name', 'benefit', 'discount_krw', 'starts_at', 'ends_at'])
    .where('product_id', '=', id)
    .where('ends_at', '>', new Date(ctx.now.getTime() - YEAR_MS))
    .orderBy('starts_at', 'desc')
    .limit(50)
    .execute();
  return {
    stock: stock
      ? { free: stock.free, onWay: stock.on_way, restockOn: stock.restock_on, countedAt: stock.counted_at }
      : null,
    notified: product.notified as Facts['notified'],
    prices: prices.map((row) => ({ since: row.since, listPrice: row.list_price_krw })),
    promotions: promotions.map((row) => ({
      kind: row.kind as Facts['promotions'][number]['kind'],
      name: row.name,
      benefit: row.benefit,
      discount: row.discount_krw,
      from: row.starts_at,
      until: row.ends_at,
    })),
  };
});
