import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { catalogue } from '../contract.ts';
import { PRODUCT_COLUMNS, productRow } from './product-row.ts';

type Product = Output<typeof catalogue.operations.getProduct>;

export const getProduct = handle(catalogue.operations.getProduct, async (ctx, { id, sku }) => {
  let found = ctx.scoped
    .selectFrom('product')
    .leftJoin('partner', 'partner.id', 'product.partner_id')
    .select([
      ...PRODUCT_COLUMNS,
      'product.brand',
      'product.supply_cost_krw',
      'product.tax_kind',
      'product.returnability',
      'product.needs_review',
      'product.updated_at',
      'partner.md_email',
    ]);
  if (id) found = found.where('product.id', '=', id);
  if (sku) found = found.where('product.sku', '=', sku);
  const row = await found.executeTakeFirst();
  if (!row) return notFound();
  return {
    ...productRow(row),
    brand: row.brand,
    supplyCost: row.supply_cost_krw,
    taxKind: row.tax_kind as Product['taxKind'],
    returnability: row.returnability as Product['returnability'],
    needsReview: row.needs_review,
    mdEmail: row.md_email,
    updatedAt: row.updated_at,
  };
});
