import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { orders } from '../contract.ts';

/** The tracker had nothing new on these: only the age of their data changes, and a number once unknown is known. */
export const confirmTracking = handle(orders.operations.confirmTracking, async (ctx, { asOf, parcels }) => {
  const ids = parcels.map(({ order }) => order);
  const mine = await ctx.scoped.selectFrom('sales_order').select('id').where('sales_order.id', 'in', ids).execute();
  if (mine.length === 0) return notFound();
  const result = await ctx.scoped
    .updateTable('delivery')
    .set({ checked_at: sql`greatest(checked_at, ${new Date(asOf)})` })
    .where(
      sql<boolean>`(delivery.order_id, delivery.parcel_id) in (${sql.join(
        parcels.map(({ order, parcel }) => sql`(${order}::uuid, ${parcel}::text)`),
      )})`,
    )
    .executeTakeFirst();
  return { confirmed: Number(result.numUpdatedRows) };
});
