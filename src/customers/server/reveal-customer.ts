import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { customers } from '../contract.ts';

/** Shows one field of a customer in full. Who looked, at what and why is the command's audit record. */
export const revealCustomer = handle(customers.operations.reveal, async (ctx, { id, field }) => {
  const row = await ctx.scoped
    .selectFrom('customer')
    .select(['customer.name', 'customer.phone', 'customer.email', 'customer.malls'])
    .where('customer.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  ctx.record('customers.revealed', id, { scope: { malls: row.malls }, data: { field } });
  return { value: row[field] };
});
