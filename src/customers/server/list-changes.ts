import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { customers } from '../contract.ts';
import { groupOf } from './customer-group.ts';

type Change = Output<typeof customers.operations.changes>['items'][number];

/** What was changed on a customer and on those merged into it, newest first. */
export const listChanges = handle(customers.operations.changes, async (ctx, { id }) => {
  const group = await groupOf(ctx, id);
  if (group.length === 0) return notFound();
  const rows = await ctx.scoped
    .selectFrom('customer_change')
    .select(['customer_change.id', 'at', 'by_name', 'reason', 'before', 'after'])
    .where('customer_change.customer_id', 'in', group)
    .orderBy('at', 'desc')
    .orderBy('customer_change.id', 'desc')
    .limit(100)
    .execute();
  return {
    items: rows.map(({ by_name: by, before, after, ...row }) => ({
      ...{ ...row, by, before: before as Change['before'], after: after as Change['after'] },
    })),
  };
});
