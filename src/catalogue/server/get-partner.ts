import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { catalogue } from '../contract.ts';
import { PARTNER_COLUMNS, partnerRow } from './partner-row.ts';

export const getPartner = handle(catalogue.operations.getPartner, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('partner')
    .select([...PARTNER_COLUMNS, 'contact_name', 'contact_phone', 'contact_email', 'partner.needs_review'])
    .where('partner.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  const { products } = await ctx.scoped
    .selectFrom('product')
    .select((eb) => eb.fn.countAll<number>().as('products'))
    .where('partner_id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    ...partnerRow(row),
    contact: { name: row.contact_name, phone: row.contact_phone, email: row.contact_email },
    products,
    needsReview: row.needs_review,
  };
});
