import { sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { orders } from '../contract.ts';
import type { StuckKind } from '../rules/delivery/stuck.ts';
import { normsUpTo } from './delivery-norms.ts';
import { deliveriesThat, type Filters } from './delivery-query.ts';
import { partnerNames } from './delivery-row.ts';

const PARTNERS = 50;

/** How many parcels are stuck, by kind, carrier and partner, and how many are on their way as they should be. */
export const countDeliveries = handle(orders.operations.countDeliveries, async (ctx, filters) => {
  const [stuck, moving, carriers, partners, upTo] = await Promise.all([
    stuckByKind(ctx, filters),
    deliveriesThat(ctx, { ...filters, olderDays: undefined, show: 'moving' })
      .select(sql<number>`count(*)::int`.as('parcels'))
      .executeTakeFirstOrThrow(),
    deliveriesThat(ctx, { ...filters, show: 'stuck' })
      .select(['delivery.carrier as id', sql<number>`count(*)::int`.as('parcels')])
      .groupBy('delivery.carrier')
      .orderBy('parcels', 'desc')
      .orderBy('id')
      .execute(),
    stuckByPartner(ctx, filters),
    normsUpTo(ctx.db),
  ]);
  return { stuck, moving: moving.parcels, carriers, partners, upTo };
});

async function stuckByKind(ctx: QueryContext, filters: Filters) {
  const rows = await deliveriesThat(ctx, { ...filters, show: 'stuck' })
    .select([
      'delivery.stuck_kind as kind',
      sql<number>`count(*)::int`.as('parcels'),
      sql<Date>`min(delivery.stuck_at)`.as('oldest'),
    ])
    .groupBy('delivery.stuck_kind')
    .orderBy('parcels', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as StuckKind }));
}

async function stuckByPartner(ctx: QueryContext, filters: Filters) {
  const id = sql<string>`unnest(delivery.partner_ids)`;
  const rows = await deliveriesThat(ctx, { ...filters, show: 'stuck' })
    .select([id.as('id'), sql<number>`count(*)::int`.as('parcels')])
    .groupBy('id')
    .orderBy('parcels', 'desc')
    .limit(PARTNERS)
    .execute();
  const names = await partnerNames(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.filter((row) => names.has(row.id)).map((row) => ({ ...row, name: names.get(row.id) ?? '' }));
}
